import type { AmqpFault } from '../amqp/peer';
import type { AccessRequest } from './access';
import { denials } from './denial';

/** Somebody whose rights are asked. */
export interface Accessor {
  readonly identity: string;
  may(request: AccessRequest): boolean;
}

/** Why a link to or from a node is refused, if it is (amqp/Authorise.cpp). Both are asked, whatever it is. */
export function denyNode(accessor: Accessor, name: string, isDynamic: boolean): AmqpFault | undefined {
  for (const object of ['exchange', 'queue'] as const) {
    if (!accessor.may({ action: 'access', object, name })) return denials.access(accessor.identity, name);
  }
  if (!isDynamic || accessor.may({ action: 'create', object: 'queue', name })) return undefined;
  return denials.createReplyQueue(accessor.identity);
}

export function denyConsumer(accessor: Accessor, queue: string): AmqpFault | undefined {
  if (accessor.may({ action: 'consume', object: 'queue', name: queue })) return undefined;
  return denials.consume(accessor.identity);
}

/** Why a message ends the link that it came on, if it does. */
export function denyToQueue(accessor: Accessor, queue: string): AmqpFault | undefined {
  const properties = { routingkey: queue };
  const allowed = accessor.may({ action: 'publish', object: 'exchange', name: 'amq.default', properties });
  return allowed ? undefined : denials.publishToQueue(accessor.identity, queue);
}

export function denyToExchange(accessor: Accessor, name: string, key: string): AmqpFault | undefined {
  const properties = { routingkey: key };
  const allowed = accessor.may({ action: 'publish', object: 'exchange', name, properties });
  return allowed ? undefined : denials.publish(accessor.identity, name, key);
}
