import type { Option } from './catalogue';

/** What a word means that may stand as a value: one line, no full stop. */
export function noteOn({ name, type }: Option, value: string): string | undefined {
  const notes = byOption.get(name);
  if (notes !== undefined) return notes.get(value);
  return type.kind === 'log-rule' ? categories.get(value) : undefined;
}

/** The same where there is little room for it. */
export function briefNoteOn(option: Option, value: string): string | undefined {
  return briefly.get(`${option.name}=${value}`) ?? noteOn(option, value);
}

const briefly: ReadonlyMap<string, string> = new Map([
  ['ha-replicate=none', 'only what asks for it'],
  ['ha-replicate=configuration', 'queues and exchanges, no messages'],
  ['ha-replicate=all', 'messages too'],
  ['protocols=amqp0-10', 'links between brokers, classic tools'],
  ['protocols=amqp1.0', 'clients of today; needs amqp.so'],
]);

/** The words of an option that have a note, with it; empty where none has. */
export function notesOf({ name, type }: Option): readonly (readonly [value: string, note: string])[] {
  if (type.kind === 'log-rule') return [];
  return [...(byOption.get(name) ?? [])];
}

const byOption: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'ha-replicate',
    new Map([
      ['none', 'nothing is replicated unless a queue or exchange asks for it with `qpid.replicate`'],
      ['configuration', 'queues, exchanges and bindings are replicated, messages are not'],
      ['all', 'queues, exchanges, bindings and messages are replicated'],
    ]),
  ],
  [
    'ha-mechanism',
    new Map([
      ['SCRAM-SHA-256', 'a salted hash: the password is not sent'],
      ['SCRAM-SHA-1', 'a salted hash: the password is not sent'],
      ['DIGEST-MD5', 'a hash: the password is not sent'],
      ['PLAIN', 'the password in clear text: use SSL'],
      ['EXTERNAL', 'the certificate of an SSL connection'],
      ['GSSAPI', 'a Kerberos ticket'],
      ['CRAM-MD5', 'a hash: the password is not sent'],
      ['ANONYMOUS', 'no login: anyone'],
    ]),
  ],
  [
    'protocols',
    new Map([
      ['amqp0-10', 'links between brokers and the classic tools speak it'],
      ['amqp1.0', 'clients of today speak it; needs the module amqp.so'],
    ]),
  ],
  [
    'listen-disable',
    new Map([
      ['tcp', 'no port without SSL'],
      ['ssl', 'no port with SSL'],
    ]),
  ],
  [
    'transport',
    new Map([
      ['tcp', 'without encryption'],
      ['ssl', 'encrypted; needs a certificate'],
    ]),
  ],
]);

/** Log categories, in the order in which one looks for them in a broker with replication. */
const categories: ReadonlyMap<string, string> = new Map([
  ['HA', 'clusters and queue replication'],
  ['Security', 'logins and access control'],
  ['Broker', 'the broker itself'],
  ['Protocol', 'the protocol: commands and frames'],
  ['Network', 'connections and their input and output'],
  ['Management', 'QMF'],
  ['Store', 'what is kept on disk'],
  ['Model', 'queues, exchanges, connections as they come and go'],
  ['System', 'the host: memory, threads, signals'],
  ['Messaging', 'the messaging library of clients'],
  ['Client', 'the client library'],
  ['Application', 'programs that use the library'],
  ['Test', 'tests'],
  ['Unspecified', 'what belongs to no category'],
]);

export const categoriesInOrder: readonly string[] = [...categories.keys()];

/** In the order of their worth. */
export const mechanismsInOrder: readonly string[] = [...(byOption.get('ha-mechanism')?.keys() ?? [])];
