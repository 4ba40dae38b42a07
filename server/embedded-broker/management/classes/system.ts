import { arch, hostname, release, type, version } from 'node:os';
import { binary, mapOf, ulong, uuid } from '../../../amqp/codec/value';
import { managedClass } from '../managed-class';
import { brokerName, objectName, vhostName } from '../names';

export const systemClass = managedClass({
  name: 'system',
  hash: 'ef7c5a5e-9faa-23ad-10d4-315e3a313bc0',
  list: ({ systemId, created }) => [
    {
      name: objectName('system', systemId),
      builtIn: true,
      created,
      values: () => ({
        machine: binary(arch() === 'x64' ? 'x86_64' : arch()),
        nodeName: binary(hostname()),
        osName: binary(type()),
        release: binary(release()),
        systemId: uuid(systemId),
        version: binary(version()),
      }),
    },
  ],
});

export const vhostClass = managedClass({
  name: 'vhost',
  hash: '5e507714-e7ad-ee69-56d2-129fc91be5a8',
  list: ({ federationTag, created }) => [
    {
      name: vhostName,
      builtIn: true,
      created,
      values: () => ({
        brokerRef: mapOf({ _object_name: binary(brokerName) }),
        federationTag: binary(federationTag),
        name: binary('/'),
      }),
    },
  ],
});

/** Of this process, as far as it has the same notions. */
export const memoryClass = managedClass({
  name: 'memory',
  hash: '1c6fb14c-a386-9a27-bd4d-d5c058c5971b',
  list: ({ created }) => [
    {
      name: 'amqp-broker',
      created,
      values: () => {
        const { heapTotal, heapUsed, external } = process.memoryUsage();
        return {
          malloc_arena: ulong(heapTotal),
          malloc_fordblks: ulong(heapTotal - heapUsed),
          malloc_hblkhd: ulong(external),
          malloc_hblks: ulong(0),
          malloc_keepcost: ulong(0),
          malloc_ordblks: ulong(0),
          malloc_uordblks: ulong(heapUsed),
          name: binary('amqp-broker'),
        };
      },
    },
  ],
});
