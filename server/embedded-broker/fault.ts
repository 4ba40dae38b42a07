/** An `_exception` reply (qmf::Manageable::status_t and framing exceptions). */
export class QmfFault extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(text);
  }
}

/** A text as the broker gives it: with the place in its source. */
function thrown(text: string, place: string): QmfFault {
  return new QmfFault(7, `${text} (src/qpid/${place})`);
}

export const faults = {
  unknownObject: (name: string) => new QmfFault(1, `No object found with ID=0-0-0--0(${name})`),
  unknownMethod: () => new QmfFault(2, 'UnknownMethod'),
  notImplemented: () => new QmfFault(3, 'NotImplemented'),
  invalidParameter: () => new QmfFault(4, 'InvalidParameter'),
  noAlternateExchange: () => new QmfFault(4, 'No alternate-exchange defined'),
  noSuchExchange: () => new QmfFault(4, 'Exchange not found'),
  nothingToQuery: () => new QmfFault(1, 'UnknownObject'),
  missingName: () => new QmfFault(7, 'Required _object_name field missing.'),
  exists: (name: string) => new QmfFault(7, `object already exists: ${name}`),
  unknownType: (type: string) => new QmfFault(7, `unknown object type: ${type}`),
  reservedName: (name: string) => new QmfFault(7, `names prefixed with 'qpid.' are reserved: ${name}`),
  unknownExchangeType: (type: string) => new QmfFault(7, `unknown exchange type: ${type}`),
  noQueue: (name: string) => thrown(`not-found: Queue not found: ${name}`, 'broker/QueueRegistry.cpp:176'),
  noQueueToDelete: (name: string) =>
    thrown(`not-found: Delete failed. No such queue: ${name}`, 'broker/Broker.cpp:1519'),
  noExchange: (name: string) =>
    thrown(`not-found: Exchange not found: ${name}`, 'broker/ExchangeRegistry.cpp:144'),
  defaultExchange: (name: string) =>
    thrown(`not-allowed: Cannot delete default exchange: '${name}'`, 'broker/ExchangeRegistry.cpp:113'),
  queueNotEmpty: (name: string) =>
    thrown(`precondition-failed: Cannot delete queue ${name}; queue not empty`, 'broker/Broker.cpp:1073'),
  queueInUse: (name: string) =>
    thrown(`precondition-failed: Cannot delete queue ${name}; queue in use`, 'broker/Broker.cpp:1075'),
  invalidUrl: (url: string) => thrown(`Invalid URL: ${url}`, 'Url.cpp:248'),
  stillCatchingUp: () => new QmfFault(7, 'Still catching up, cannot be promoted.'),
  joiningActiveCluster: () => new QmfFault(7, 'Joining active cluster, cannot be promoted.'),
  duplicateReplicator: (exchange: string) =>
    thrown(`Duplicate queue replicator ${exchange}`, 'ha/QueueReplicator.cpp:189'),
} as const;

export function conversionFault(text: string, line: number): QmfFault {
  return thrown(`invalid conversion: ${text}`, `types/Variant.cpp:${line}`);
}
