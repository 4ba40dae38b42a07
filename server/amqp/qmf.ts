import type { AmqpMessage } from './codec/message';
import { type AmqpValue, isList, isMap, isTyped, mapOf, numberOf, textOf } from './codec/value';
import type { GuardedConnection } from './connection';
import type { Qmf, QmfMap, QmfObject } from './contract';
import { exceptionFailure, type Failure, failure } from './errors';
import { QmfChannel } from './qmf-channel';
import { fromAmqpMap, toAmqpMap } from './qmf-values';

/** Requests without an answer. More bring no speed, and after a denied one those that follow must be sent again. */
const window = 50;

interface Request {
  readonly id: string;
  readonly opcode: '_query_request' | '_method_request';
  readonly body: AmqpValue;
  /** What a query asks for, in the words of its denial. */
  readonly asked: string | undefined;
  readonly parts: AmqpValue[];
  readonly resolve: (content: readonly AmqpValue[]) => void;
  readonly reject: (reason: Failure) => void;
  readonly isSettled: () => boolean;
}

/** QMF2 requests, many at a time, over one pair of links that is opened when first needed. */
export class QmfClient implements Qmf {
  readonly #guard: GuardedConnection;
  readonly #channel: QmfChannel;
  readonly #queue: Request[] = [];
  readonly #sent = new Map<string, Request>();
  #opening = false;
  #requests = 0;

  constructor(guard: GuardedConnection) {
    this.#guard = guard;
    this.#channel = new QmfChannel(guard, {
      reply: (message) => this.#reply(message),
      sendable: () => this.#pump(),
      lost: (reason) => this.#lose(reason),
    });
  }

  objects(className: string): Promise<readonly QmfObject[]> {
    const what = { _what: 'OBJECT', _schema_id: mapOf({ _class_name: className }) };
    return this.#query(what, `class ${className}`, `querying all objects of class "${className}"`);
  }

  async object(objectName: string): Promise<QmfObject | undefined> {
    const what = { _what: 'OBJECT', _object_id: mapOf({ _object_name: objectName }) };
    const [object] = await this.#query(what, objectName, `querying "${objectName}"`);
    return object;
  }

  async call(objectName: string, method: string, args: QmfMap): Promise<QmfMap> {
    const body = mapOf({
      _object_id: mapOf({ _object_name: objectName }),
      _method_name: method,
      _arguments: toAmqpMap(args),
    });
    const [content] = await this.#request('_method_request', body, undefined, stepOf(method, args));
    const results = isMap(content) ? content.get('_arguments') : undefined;
    return isMap(results) ? fromAmqpMap(results) : {};
  }

  async #query(
    what: Readonly<Record<string, AmqpValue>>,
    asked: string,
    step: string,
  ): Promise<readonly QmfObject[]> {
    const parts = await this.#request('_query_request', mapOf(what), asked, step);
    const objects: QmfObject[] = [];
    for (const part of parts) {
      for (const value of isList(part) ? part : []) {
        const object = toObject(value);
        if (object !== undefined) objects.push(object);
      }
    }
    return objects;
  }

  async #request(
    opcode: Request['opcode'],
    body: AmqpValue,
    asked: string | undefined,
    step: string,
  ): Promise<readonly AmqpValue[]> {
    const answered = this.#guard.wait<readonly AmqpValue[]>(step);
    this.#requests += 1;
    const id = String(this.#requests);
    const request: Request = {
      id,
      opcode,
      body,
      asked,
      parts: [],
      resolve: answered.resolve,
      reject: answered.reject,
      isSettled: () => answered.settled,
    };
    this.#queue.push(request);
    this.#pump();
    try {
      return await answered.promise;
    } finally {
      this.#sent.delete(id);
      this.#pump();
    }
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#sent.size < window) {
      if (!this.#channel.ready) {
        this.#open();
        return;
      }
      if (!this.#channel.sendable) return;
      const request = this.#queue.shift();
      if (request === undefined || request.isSettled()) continue;
      this.#sent.set(request.id, request);
      this.#channel.send(request);
    }
  }

  #open(): void {
    if (this.#opening) return;
    this.#opening = true;
    this.#channel
      .open()
      .catch((reason: Failure) => {
        for (const request of this.#queue.splice(0)) request.reject(reason);
      })
      .finally(() => {
        this.#opening = false;
        this.#pump();
      });
  }

  #reply(message: AmqpMessage): void {
    const request = this.#sent.get(textOf(message.properties?.correlationId) ?? '');
    if (request === undefined) return;
    const { applicationProperties: properties, body } = message;
    const content = body.kind === 'value' ? body.value : null;
    const opcode = textOf(properties?.get('qmf.opcode'));
    if (opcode === '_exception') request.reject(toFailure(content));
    else if (opcode !== request.opcode.replace('request', 'response')) {
      request.reject(failure('protocol', `unexpected reply "${opcode ?? ''}"`));
    } else {
      request.parts.push(content);
      if (!properties?.has('partial')) request.resolve(request.parts);
    }
  }

  /**
   * A denied query has no reply: it detaches the sender, and what came after it through that link is not looked
   * at (measured). What came before it is answered as ever.
   */
  #lose(reason: Failure): void {
    const sent = [...this.#sent.values()];
    const culprit = sent.findIndex(({ asked }) => isDenial(reason, asked));
    if (culprit < 0) {
      for (const request of sent) request.reject(reason);
      return;
    }
    sent[culprit]?.reject(reason);
    const unseen = sent.slice(culprit + 1);
    for (const { id } of unseen) this.#sent.delete(id);
    this.#queue.unshift(...unseen);
    this.#pump();
  }
}

/** `unauthorized-access: ACL denied QMF query of object class queue from anonymous@QPID` (ManagementAgent.cpp) */
function isDenial({ text = '' }: Failure, asked: string | undefined): boolean {
  return asked !== undefined && text.includes(`QMF query of object ${asked} from`);
}

function toFailure(content: AmqpValue): Failure {
  const values = isMap(content) ? content.get('_values') : undefined;
  if (!isMap(values)) return failure('protocol', 'an exception without a text');
  return exceptionFailure(numberOf(values.get('error_code')) ?? 0, textOf(values.get('error_text')) ?? '');
}

/** Undefined when it is no object, or one that was deleted while it was being listed. */
function toObject(value: AmqpValue): QmfObject | undefined {
  if (!isMap(value)) return undefined;
  const id = value.get('_object_id');
  const schema = value.get('_schema_id');
  const values = value.get('_values');
  const name = isMap(id) ? textOf(id.get('_object_name')) : undefined;
  if (name === undefined || !isMap(values) || longOf(value.get('_delete_ts')) !== 0n) return undefined;
  return {
    name,
    className: (isMap(schema) ? textOf(schema.get('_class_name')) : undefined) ?? '',
    created: longOf(value.get('_create_ts')),
    updated: longOf(value.get('_update_ts')),
    values: fromAmqpMap(values),
  };
}

function longOf(value: AmqpValue | undefined): bigint {
  return isTyped(value) && typeof value.value === 'bigint' ? value.value : 0n;
}

/** A broker that denies something does not say what: the method and its object do. */
function stepOf(method: string, args: QmfMap): string {
  const object = [args.type, args.name ?? args.queue ?? args.srcQueue].filter(
    (part) => typeof part === 'string',
  );
  return `calling "${method}"${object.length === 0 ? '' : ` for ${object.join(' ')}`}`;
}
