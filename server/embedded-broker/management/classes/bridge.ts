import { binary, uint, ushort } from '../../../amqp/codec/value';
import type { Bridge } from '../../replication/bridge';
import { type ManagedObject, type Method, managedClass } from '../managed-class';
import { objectName, reference } from '../names';

const unlimitedCredit = 0xffff_ffff;

function toObject(bridge: Bridge): ManagedObject {
  return {
    name: objectName('bridge', `${objectName('link', bridge.link.name)},${bridge.name}`),
    created: bridge.created,
    values: () => ({
      channelId: ushort(bridge.channel),
      credit: uint(unlimitedCredit),
      dest: binary(bridge.destination),
      durable: false,
      dynamic: false,
      excludes: binary(''),
      key: binary(''),
      linkRef: reference('link', bridge.link.name),
      name: binary(bridge.name),
      src: binary(bridge.source),
      srcIsLocal: false,
      srcIsQueue: false,
      sync: ushort(0),
      tag: binary(''),
    }),
  };
}

const close: Method = ({ broker }, _args, key) => {
  const name = key.slice(key.indexOf(',') + 1);
  broker.links.bridgeNamed(name)?.close();
  return {};
};

export const bridgeClass = managedClass({
  name: 'bridge',
  hash: '418d726f-3cac-d035-bf6e-cd176593f76b',
  list: (broker) => [...broker.links.bridges].map(toObject),
  methods: { close },
});
