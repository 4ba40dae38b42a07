/** Commands to type next, ready to be copied into a shell. */
import type { BrokerRef } from '../contract';

export interface CommandOptions {
  readonly queue?: string | undefined;
  readonly origin?: BrokerRef | undefined;
  readonly replica: BrokerRef;
  /** Of a `stop`, without a queue: only what serves no replication. */
  readonly leftOver?: boolean;
  /** Of a `stop`: the queue is created anew. */
  readonly keepUsable?: boolean;
}

const verbs = ['start', 'stop', 'status', 'rebuild'] as const;

/** Those that an editor offers to run. */
export type AdvisedVerb = (typeof verbs)[number];

export function command(verb: AdvisedVerb | 'verify', options: CommandOptions): string {
  const { queue, origin, replica, leftOver = false, keepUsable = false } = options;
  const words = [
    'qpidha',
    verb,
    ...(leftOver ? ['--left-over'] : []),
    ...(queue === undefined ? [] : ['--queue', queue]),
    ...(origin === undefined ? [] : ['--origin', origin.endpoint.text]),
    '--replica',
    replica.endpoint.text,
    ...(keepUsable ? ['--keep-usable'] : []),
  ];
  return `\`${words.map(quoted).join(' ')}\``;
}

/** The verb of the command for this very replication that a sentence advises, where it advises one without options. */
export function adviceIn(
  sentence: string,
  { queue, origin, replica }: CommandOptions,
): AdvisedVerb | undefined {
  const forms: readonly CommandOptions[] = [
    { queue, origin, replica },
    { queue, replica },
    { origin, replica },
    { replica },
  ];
  return verbs.find((verb) =>
    forms.some((form) => {
      return sentence.includes(command(verb, form));
    }),
  );
}

function quoted(word: string): string {
  return /^[\w.,:@%+/[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
