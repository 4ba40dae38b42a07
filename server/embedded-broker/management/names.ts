import { type AmqpMap, type AmqpValue, binary, mapOf, ulong } from '../../amqp/codec/value';

export const brokerPackage = 'org.apache.qpid.broker';
export const haPackage = 'org.apache.qpid.ha';

export const brokerName = `${brokerPackage}:broker:amqp-broker`;
export const haBrokerName = `${haPackage}:habroker:ha-broker`;
export const vhostName = `${brokerPackage}:vhost:${brokerName},/`;

export function objectName(className: string, key: string): string {
  return `${brokerPackage}:${className}:${key}`;
}

/** A reference to something that did not exist from the start. */
export function reference(className: string, key: string): AmqpMap {
  return mapOf({ _agent_epoch: ulong(1), _object_name: binary(objectName(className, key)) });
}

export const noReference: AmqpMap = mapOf({ _object_name: binary('') });

export function vhostReference(): AmqpValue {
  return mapOf({ _object_name: binary(vhostName) });
}
