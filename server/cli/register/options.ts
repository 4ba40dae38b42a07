/** What several commands have in common: their options, and how the values are read. */
import { type Command, InvalidArgumentError } from 'commander';
import type { LiveOptions } from '../live/replications';
import type { TargetOptions } from '../live/targets';

export type LiveCommandOptions = TargetOptions & LiveOptions;

export interface LiveTexts {
  readonly summary: string;
  readonly queue: string;
  readonly origin: string;
  readonly replica: string;
}

/** What the commands that look at a replication, or change it, have in common. */
export function live(command: Command, { summary, queue, origin, replica }: LiveTexts): Command {
  command
    .summary(summary)
    .description(
      `${summary[0]?.toUpperCase()}${summary.slice(1)}. Name it by addresses, or take it from a manifest. ${logins}`,
    )
    .argument('[queues...]', 'with --manifest: only these queues')
    .option('--queue <name>', queue)
    .option('--origin <address>', origin)
    .option('--replica <address>', replica)
    .option('--manifest <file>', 'a replica manifest, instead of the three')
    .option('--json', 'print one JSON document on stdout', false);
  return connecting(command);
}

const logins =
  'Logins come from QPIDHA_<BROKER>_USERNAME and QPIDHA_<BROKER>_PASSWORD, ' +
  'else from QPIDHA_USERNAME and QPIDHA_PASSWORD, or are asked for.';

export function connecting(command: Command): Command {
  return command
    .option('--timeout <seconds>', 'for each request, and for a replication to come into step', seconds, 30)
    .option('--allow-plain-text', 'send passwords unencrypted to brokers on other machines', false);
}

export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0.1 && value <= 86_400)) {
    throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 86400.');
  }
  return value;
}

export function portNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65535) {
    throw new InvalidArgumentError('It must be a port number from 0 to 65535.');
  }
  return value;
}
