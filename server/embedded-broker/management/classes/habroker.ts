import { randomUUID } from 'node:crypto';
import { parseBrokerUrl } from '../../../address/broker-url';
import { binary, int, mapOf, ushort, uuid } from '../../../amqp/codec/value';
import type { Broker } from '../../broker';
import { faults } from '../../fault';
import { Link } from '../../replication/link';
import { Replicator } from '../../replication/replicator';
import { type Method, managedClass, type Values } from '../managed-class';
import { haBrokerName, haPackage } from '../names';

/** ha/types.h BrokerStatus */
const statusNumbers = { joining: 0, active: 4, standalone: 5 } as const;

function values(broker: Broker): Values {
  return {
    brokersUrl: binary(broker.haBrokersUrl),
    members: [
      mapOf({
        'host-name': binary(''),
        port: ushort(0),
        protocol: binary(''),
        status: int(statusNumbers[broker.haStatus]),
        'system-id': uuid(broker.systemId),
      }),
    ],
    name: binary('ha-broker'),
    publicUrl: binary(broker.haPublicUrl),
    replicateDefault: binary(broker.settings.haReplicate),
    status: binary(broker.haStatus),
    systemId: uuid(broker.systemId),
  };
}

/** HaBroker.cpp METHOD_REPLICATE: the link is made before it is known whether it can be used. */
const replicate: Method = ({ broker }, args) => {
  const url = args.string('broker');
  const name = args.string('queue');
  const queue = broker.queues.get(name);
  if (queue === undefined) throw faults.noQueue(name);
  const parsed = parseBrokerUrl(url);
  if (!parsed.ok) throw faults.invalidUrl(url);
  const members = parsed.url.members.map(({ host, port, transport }) => ({
    host,
    port,
    tls: transport === 'ssl',
  }));
  const link = new Link(broker, { name: `qpid.ha.link.${randomUUID()}`, members, durable: false });
  broker.links.addLink(link);
  Replicator.create(broker, queue, link);
  return {};
};

/** On a stand-alone broker it succeeds and does nothing (recorded). */
const promote: Method = ({ broker }) => {
  if (broker.haStatus === 'joining') broker.haStatus = 'active';
  return {};
};

const setBrokersUrl: Method = ({ broker }, args) => {
  broker.haBrokersUrl = args.string('url');
  return {};
};

const setPublicUrl: Method = ({ broker }, args) => {
  broker.haPublicUrl = args.string('url');
  return {};
};

export const haBrokerClass = managedClass({
  name: 'habroker',
  package: haPackage,
  hash: 'b97420fb-5696-f18f-0d8f-8e96030fea13',
  list: (broker) =>
    broker.settings.ha === 'off'
      ? []
      : [{ name: haBrokerName, created: broker.created, values: () => values(broker) }],
  methods: { replicate, promote, setBrokersUrl, setPublicUrl },
});
