import { randomUUID } from 'node:crypto';
import { parseBrokerUrl } from '../../../address/broker-url';
import { binary, uuid } from '../../../amqp/codec/value';
import type { Broker } from '../../broker';
import { faults } from '../../fault';
import { Link } from '../../replication/link';
import { Replicator } from '../../replication/replicator';
import { type Method, managedClass, type Values } from '../managed-class';
import { haBrokerName, haPackage } from '../names';

function values(broker: Broker): Values {
  return {
    brokersUrl: binary(broker.ha.brokersUrl),
    members: broker.ha.membership.encode(),
    name: binary('ha-broker'),
    publicUrl: binary(broker.ha.publicUrl),
    replicateDefault: binary(broker.settings.haReplicate),
    status: binary(broker.ha.status),
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

const promote: Method = ({ broker }) => {
  broker.ha.promote();
  return {};
};

const setBrokersUrl: Method = ({ broker }, args) => {
  broker.ha.brokersUrl = args.string('url');
  return {};
};

const setPublicUrl: Method = ({ broker }, args) => {
  broker.ha.publicUrl = args.string('url');
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
