import type { AmqpFault } from '../amqp/peer';
import { QmfFault } from './fault';

/** What a broker says when its ACL denies something, where, and how it ends the link. */
const authorise = 'src/qpid/broker/amqp/Authorise.cpp';

export const denials = {
  access: (user: string, name: string) =>
    unauthorized(`ACL denied access request to ${name} from ${user} (${authorise}:152)`),
  consume: (user: string) =>
    unauthorized(`ACL denied queue subscribe request from ${user} (${authorise}:118)`),
  publish: (user: string, exchange: string, key: string) =>
    unauthorized(`${user} cannot publish to ${exchange} with routing-key ${key} (${authorise}:126)`),
  createReplyQueue: (user: string) =>
    unauthorized(
      `unauthorized-access: ACL denied queue create request from ${user} (src/qpid/broker/Broker.cpp:1446)`,
    ),
  replicate: (user: string) =>
    unauthorized(
      `unauthorized-access: ACL denied Queue subscribe request from ${user} (src/qpid/broker/SessionAdapter.cpp:396)`,
    ),
  link: (user: string): AmqpFault => ({
    condition: 'amqp:connection:forced',
    description: `ACL denied ${user} creating a federation link (src/qpid/broker/ConnectionHandler.cpp:252)`,
  }),
  queryClass: (user: string, name: string) => query(user, `object class ${name}`, 2042),
  queryObject: (user: string, name: string) => query(user, `object ${name}`, 2005),
  publishToQueue: (user: string, name: string) =>
    unauthorized(`${user} cannot publish to queue ${name} (${authorise}:73)`),
  method: () => new QmfFault(6, 'Forbidden'),
  /** Of the messages of a queue. */
  empty: (user: string, action: 'purge' | 'move' | 'reroute') =>
    new QmfFault(7, `unauthorized-access: ACL denied ${action} request from ${user}`),
  change: (user: string, object: 'queue' | 'exchange', action: 'create' | 'delete') =>
    new QmfFault(
      7,
      `unauthorized-access: ACL denied ${object} ${action} request from ${user} (src/qpid/broker/Broker.cpp:1498)`,
    ),
} as const;

function unauthorized(description: string): AmqpFault {
  return { condition: 'amqp:unauthorized-access', description };
}

function query(user: string, what: string, line: number): AmqpFault {
  const place = `src/qpid/management/ManagementAgent.cpp:${line}`;
  return {
    condition: 'amqp:precondition-failed',
    description: `unauthorized-access: ACL denied QMF query of ${what} from ${user} (${place})`,
  };
}
