import { type AmqpValue, binary, mapOf, ulong, uuid } from '../../amqp/codec/value';
import type { Broker } from '../broker';
import { now } from '../clock';
import type { Connection } from '../connection';
import type { Arguments } from './arguments';
import { brokerPackage } from './names';

export type Values = Readonly<Record<string, AmqpValue>>;

/** Something that QMF shows. */
export interface ManagedObject {
  /** `org.apache.qpid.broker:queue:orders` */
  readonly name: string;
  /** There from the start, and so without `_agent_epoch`. */
  readonly builtIn?: boolean;
  readonly created: bigint;
  values(): Values;
}

export interface MethodContext {
  readonly broker: Broker;
  readonly connection: Connection;
}

/** Throws `QmfFault`. `key` is the object's name without package and class. */
export type Method = (context: MethodContext, args: Arguments, key: string) => Values;

/** A class of the broker's QMF schema. */
export interface ManagedClass {
  readonly name: string;
  readonly package: string;
  /** Of the schema, as qpidd 1.40 gives it. */
  readonly hash: string;
  list(broker: Broker): readonly ManagedObject[];
  /** For classes with many objects. */
  find?(broker: Broker, key: string): ManagedObject | undefined;
  readonly methods: Readonly<Record<string, Method>>;
}

export function managedClass(
  definition: Omit<ManagedClass, 'package' | 'methods'> & Partial<Pick<ManagedClass, 'package' | 'methods'>>,
): ManagedClass {
  return { package: brokerPackage, methods: {}, ...definition };
}

export function encodeObject(definition: ManagedClass, object: ManagedObject, id: AmqpValue): AmqpValue {
  return mapOf({
    _create_ts: ulong(object.created),
    _delete_ts: ulong(0),
    _object_id: id,
    _schema_id: mapOf({
      _class_name: binary(definition.name),
      _hash: uuid(definition.hash),
      _package_name: binary(definition.package),
      _type: binary('_data'),
    }),
    _update_ts: ulong(now()),
    _values: mapOf(object.values()),
  });
}

export function idOf({ builtIn, name }: ManagedObject): AmqpValue {
  return mapOf({ ...(builtIn ? {} : { _agent_epoch: ulong(1) }), _object_name: binary(name) });
}
