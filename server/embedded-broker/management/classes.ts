import { incomingClass, outgoingClass } from './classes/attached';
import { bridgeClass } from './classes/bridge';
import { brokerClass } from './classes/broker';
import { connectionClass } from './classes/connection';
import { bindingClass, exchangeClass } from './classes/exchange';
import { haBrokerClass } from './classes/habroker';
import { journalClass } from './classes/journal';
import { linkClass } from './classes/link';
import { queueClass } from './classes/queue';
import { sessionClass } from './classes/session';
import { subscriptionClass } from './classes/subscription';
import { memoryClass, systemClass, vhostClass } from './classes/system';
import type { ManagedClass } from './managed-class';

const classes: ReadonlyMap<string, ManagedClass> = new Map(
  [
    bindingClass,
    bridgeClass,
    brokerClass,
    connectionClass,
    exchangeClass,
    haBrokerClass,
    incomingClass,
    journalClass,
    linkClass,
    memoryClass,
    outgoingClass,
    queueClass,
    sessionClass,
    subscriptionClass,
    systemClass,
    vhostClass,
  ].map((definition) => [definition.name, definition]),
);

/** By its name in lower case; unknown ones are not an error. */
export function findClass(name: string): ManagedClass | undefined {
  return classes.get(name);
}

/** `org.apache.qpid.broker:queue:orders` → class `queue`, key `orders`. The key may hold colons. */
export function splitName(name: string): { readonly className: string; readonly key: string } {
  const [, className = '', ...key] = name.split(':');
  return { className, key: key.join(':') };
}
