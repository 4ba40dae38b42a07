/** The broker's own names for the pieces of a replication (HaBroker.cpp METHOD_REPLICATE, QueueReplicator.cpp). */

export const brokerObject = 'org.apache.qpid.broker:broker:amqp-broker';
export const haBrokerObject = 'org.apache.qpid.ha:habroker:ha-broker';

/** Names that start so are the broker's own (NameGenerator.h QPID_NAME_PREFIX). */
export const reservedPrefix = 'qpid.';

/** Queue arguments of ours, which say nothing about the kind of a queue. */
export const ownPrefix = 'qpidha.';

/** Of a queue that was created anew, so that it may be an origin: when. */
export const recreatedArgument = `${ownPrefix}recreated`;

const replicatorPrefix = 'qpid.ha-q:';
const linkPrefix = 'qpid.ha.link.';

/** A destination is a short string of the wire, 255 bytes; the replicator's name takes ten of them. */
export const longestQueueName = 255 - replicatorPrefix.length;

export function queueObject(queue: string): string {
  return `org.apache.qpid.broker:queue:${queue}`;
}

/** The hidden exchange on the replica broker, and the subscription on the origin broker. */
export function replicatorName(queue: string): string {
  return replicatorPrefix + queue;
}

/** The queue of a bridge's destination; undefined for bridges that replicate no queue. */
export function queueOfReplicator(destination: string): string | undefined {
  return destination.startsWith(replicatorPrefix) ? destination.slice(replicatorPrefix.length) : undefined;
}

export function isReplicationLink(link: string): boolean {
  return link.startsWith(linkPrefix);
}

/** The key of an object's name: `qpid.ha.link.…` of `org.apache.qpid.broker:link:qpid.ha.link.…`. */
export function keyOf(objectName: string, className: string): string {
  const prefix = `org.apache.qpid.broker:${className}:`;
  return objectName.startsWith(prefix) ? objectName.slice(prefix.length) : objectName;
}
