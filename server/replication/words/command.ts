/** Commands to type next, ready to be copied into a shell. */
import type { BrokerRef } from '../contract';

export interface CommandOptions {
  readonly queue?: string | undefined;
  readonly origin?: BrokerRef | undefined;
  readonly replica: BrokerRef;
}

export type CommandVerb = 'start' | 'stop' | 'status' | 'rebuild';

export function command(verb: CommandVerb, options: CommandOptions): string {
  const { queue, origin, replica } = options;
  const words = [
    'qpidha',
    verb,
    ...(queue === undefined ? [] : ['--queue', queue]),
    ...(origin === undefined ? [] : ['--origin', origin.endpoint.text]),
    '--replica',
    replica.endpoint.text,
  ];
  return `\`${words.map(quoted).join(' ')}\``;
}

function quoted(word: string): string {
  return /^[\w.,:@%+/[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
