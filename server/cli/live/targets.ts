import type { Credentials } from '../../amqp/contract';
import { parseManifest } from '../../manifest/manifest-document';
import type { Manifest } from '../../manifest/model';
import { manifestRules } from '../../manifest/rules';
import type { BrokerRef, Replication, StopTarget } from '../../replication/contract';
import { type DesiredReplication, desiredReplications } from '../../replication/planning/desired';
import { readChecked } from '../checked-file';
import { UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { brokerFromAddress, type NamedBroker } from './addresses';

/** What a live command is to work on: named by addresses, or taken from a manifest. */
export interface TargetOptions {
  readonly queue?: string;
  readonly origin?: string;
  readonly replica?: string;
  readonly manifest?: string;
}

export interface Selection<Target> {
  readonly targets: readonly Target[];
  /** Logins that came with the addresses, by broker name. */
  readonly credentials: ReadonlyMap<string, Credentials>;
}

/** Without an origin: what the replica broker replicates, all of it or one queue. */
export type StatusTarget = Replication | { readonly replica: BrokerRef; readonly queue: string | undefined };

export function selection<Target>(
  targets: readonly Target[],
  brokers: readonly NamedBroker[] = [],
): Selection<Target> {
  const logins = brokers.flatMap(({ broker, credentials }): [string, Credentials][] =>
    credentials === undefined ? [] : [[broker.name, credentials]],
  );
  return { targets, credentials: new Map(logins) };
}

/** One replication of brokers that were named by address. */
export function between(
  queue: string,
  origin: NamedBroker,
  replica: NamedBroker,
  create: Replication['create'],
): Selection<Replication> {
  return selection([{ queue, origin: origin.broker, replica: replica.broker, create }], [origin, replica]);
}

/** For `verify`: all three of a replication, or those of a manifest. Throws `UsageError`. */
export function pairsFrom(
  queues: readonly string[],
  options: TargetOptions,
  terminal: Terminal,
): Selection<Replication> {
  if (options.manifest === undefined) return replicationsFrom(queues, options, terminal);
  const desired = fromManifest(options.manifest, queues, options, terminal);
  return selection(desired.map(({ replication }) => replication));
}

/** For `start`: all three of a replication, or those of a manifest that are to run. Throws `UsageError`. */
export function replicationsFrom(
  queues: readonly string[],
  options: TargetOptions,
  terminal: Terminal,
): Selection<Replication> {
  if (options.manifest !== undefined) {
    const desired = fromManifest(options.manifest, queues, options, terminal);
    const running = desired.filter(({ state }) => state === 'running');
    if (running.length === 0)
      throw new UsageError('Nothing to start: every selected replication has "state: stopped".');
    return selection(running.map(({ replication }) => replication));
  }
  withoutManifest(queues);
  const queue = required(options.queue, '--queue');
  const origin = brokerFromAddress(required(options.origin, '--origin'), '--origin');
  const replica = brokerFromAddress(required(options.replica, '--replica'), '--replica');
  const replication = {
    queue,
    origin: origin.broker,
    replica: replica.broker,
    create: 'if-missing',
  } as const;
  return selection([replication], [origin, replica]);
}

/** For `stop`: the origin may be left out. Throws `UsageError`. */
export function stopTargetsFrom(
  queues: readonly string[],
  options: TargetOptions,
  terminal: Terminal,
): Selection<StopTarget> {
  if (options.manifest !== undefined) {
    const desired = fromManifest(options.manifest, queues, options, terminal);
    return selection(desired.map(({ replication }) => replication));
  }
  withoutManifest(queues);
  const queue = required(options.queue, '--queue');
  const replica = brokerFromAddress(required(options.replica, '--replica'), '--replica');
  if (options.origin === undefined) return selection([{ queue, replica: replica.broker }], [replica]);
  const origin = brokerFromAddress(options.origin, '--origin');
  return selection([{ queue, replica: replica.broker, origin: origin.broker }], [replica, origin]);
}

/** For `stop --left-over`: a replica broker alone. Throws `UsageError`. */
export function leftOverTargetsFrom(
  queues: readonly string[],
  options: TargetOptions & { readonly drain?: boolean; readonly keepUsable?: boolean },
): Selection<{ readonly replica: BrokerRef }> {
  const others = ['queue', 'origin', 'manifest', 'drain', 'keepUsable'] as const;
  if (
    queues.length > 0 ||
    others.some((option) => options[option] !== undefined && options[option] !== false)
  ) {
    throw new UsageError(
      '--left-over goes with --replica alone.',
      'It concerns all that serves no replication there.',
    );
  }
  const replica = brokerFromAddress(required(options.replica, '--replica'), '--replica');
  return selection([{ replica: replica.broker }], [replica]);
}

/** For `status`: a replica broker alone stands for all that it replicates. Throws `UsageError`. */
export function statusTargetsFrom(
  queues: readonly string[],
  options: TargetOptions,
  terminal: Terminal,
): Selection<StatusTarget> {
  if (options.manifest !== undefined) {
    const desired = fromManifest(options.manifest, queues, options, terminal);
    return selection(desired.map(({ replication }) => replication));
  }
  withoutManifest(queues);
  const replica = brokerFromAddress(required(options.replica, '--replica'), '--replica');
  if (options.origin === undefined)
    return selection([{ replica: replica.broker, queue: options.queue }], [replica]);
  const origin = brokerFromAddress(options.origin, '--origin');
  const queue = required(options.queue, '--queue', ' together with --origin');
  return between(queue, origin, replica, 'never');
}

function fromManifest(
  file: string,
  queues: readonly string[],
  options: TargetOptions,
  terminal: Terminal,
): readonly DesiredReplication[] {
  for (const option of ['queue', 'origin', 'replica'] as const) {
    if (options[option] === undefined) continue;
    throw new UsageError(
      `--manifest and --${option} exclude each other.`,
      'Name queues after the options instead.',
    );
  }
  const desired = desiredReplications(readManifest(file, terminal));
  if (queues.length === 0) {
    if (desired.length > 0) return desired;
    throw new UsageError(`${file} declares no replication.`);
  }
  return chooseQueues(desired, queues, file);
}

/** A manifest without errors. Throws `UsageError`. */
export function readManifest(file: string, terminal: Terminal): Manifest {
  return readChecked(file, parseManifest, manifestRules, terminal).manifest;
}

/** Those of the named queues. Throws `UsageError` where one is not declared. */
export function chooseQueues(
  desired: readonly DesiredReplication[],
  queues: readonly string[],
  file: string,
): readonly DesiredReplication[] {
  const unknown = queues.find((queue) => !desired.some(({ replication }) => replication.queue === queue));
  if (unknown !== undefined) {
    const known = [...new Set(desired.map(({ replication }) => replication.queue))].join(', ');
    throw new UsageError(
      `${file} declares no replication of "${unknown}".`,
      `It declares: ${known || 'none'}.`,
    );
  }
  return desired.filter(({ replication }) => queues.includes(replication.queue));
}

function withoutManifest(queues: readonly string[]): void {
  if (queues.length === 0) return;
  throw new UsageError(`What is "${queues[0]}"?`, 'Queues are named by --queue, or after --manifest FILE.');
}

function required(value: string | undefined, option: string, when = ''): string {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(
    `${option} is missing${when}.`,
    'Name the replication by addresses, or use --manifest FILE.',
  );
}
