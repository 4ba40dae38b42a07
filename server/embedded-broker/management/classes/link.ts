import { binary, ushort } from '../../../amqp/codec/value';
import type { Link } from '../../replication/link';
import { type ManagedObject, type Method, managedClass } from '../managed-class';
import { noReference, objectName, reference, vhostReference } from '../names';

/** Longer texts are cut (recorded). */
const longestError = 128;

function toObject(link: Link): ManagedObject {
  const { member, name } = link;
  return {
    name: objectName('link', name),
    created: link.created,
    values: () => ({
      connectionRef: link.connectedSince === undefined ? noReference : reference('connection', name),
      durable: link.options.durable,
      host: binary(member.host),
      lastError: binary(link.lastError.slice(0, longestError)),
      name: binary(name),
      port: ushort(member.port),
      state: binary(link.state),
      transport: binary(member.tls ? 'ssl' : 'tcp'),
      vhostRef: vhostReference(),
    }),
  };
}

const close: Method = ({ broker }, _args, name) => {
  broker.links.closeLink(name);
  return {};
};

export const linkClass = managedClass({
  name: 'link',
  hash: '973d69b8-414d-d3e4-ba54-9151fb410b23',
  list: (broker) => broker.links.links.map(toObject),
  methods: { close },
});
