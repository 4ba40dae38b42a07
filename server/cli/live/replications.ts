import type { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef, EngineContext } from '../../replication/contract';
import type { Description } from '../../replication/words/describe';
import { exitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { withEngine } from './engine';
import { createNarrator, silentNarrator } from './narrator';
import type { Selection } from './targets';

export interface LiveOptions {
  /** Seconds. */
  readonly timeout: number;
  /** Sends passwords unencrypted to brokers on other machines. */
  readonly allowPlainText: boolean;
  /** Print one JSON document on stdout instead of a story on stderr. */
  readonly json: boolean;
}

export interface LiveResult<Outcome> {
  readonly outcome: Outcome;
  readonly description: Description;
}

/** What a result is about. */
interface About {
  readonly queue?: string;
  readonly origin?: BrokerRef;
  readonly replica: BrokerRef;
}

/**
 * Runs a verb on one replication after the other, and tells of each what is true now. One that is refused or
 * fails does not keep the next from being tried.
 */
export async function runOnEach<Target extends About, Outcome extends { kind: string }>(
  { targets, credentials }: Selection<Target>,
  options: LiveOptions,
  terminal: Terminal,
  title: (target: Target) => string,
  verb: (target: Target, context: EngineContext) => Promise<LiveResult<Outcome>>,
): Promise<number> {
  const narrator = options.json ? silentNarrator : createNarrator(terminal);
  const results: object[] = [];
  let allWell = true;
  await withEngine(terminal, { ...options, credentials, onEvent: narrator.onEvent }, async (context) => {
    for (const target of targets) {
      narrator.title(title(target));
      const { outcome, description } = await verb(target, context);
      narrator.conclude(description.severity, description.message);
      for (const detail of description.details) narrator.detail(detail);
      if (description.next !== undefined) narrator.detail(`next: ${description.next}`);
      const { queue, origin, replica } = target;
      results.push({ queue, origin: origin?.name, replica: replica.name, ...description, outcome });
      if (description.severity === 'error') allWell = false;
      if (context.signal.aborted) break;
    }
  });
  if (options.json) terminal.out(`${toJson({ version: 1, results })}\n`);
  return allWell ? exitCode.ok : exitCode.findings;
}

/** JSON of engine results: 64-bit integers as numbers, errors by their fields, in the order of the object. */
export function toJson(value: object, indentation = 2): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => {
      if (typeof item === 'bigint') return Number(item);
      if (item instanceof Error) return errorFields(item as BrokerError);
      return item;
    },
    indentation,
  );
}

function errorFields({ kind, broker, step, advice, text }: BrokerError): object {
  return { kind, broker, step, advice, ...(text === undefined ? {} : { text }) };
}
