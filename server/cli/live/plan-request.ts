import type { BrokerRef } from '../../replication/contract';
import { declaredBrokers, desiredReplications } from '../../replication/planning/desired';
import type { PlanRequest } from '../../replication/planning/plan-step';
import { UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { chooseQueues, readManifest } from './targets';

export interface PlanOptions {
  readonly manifest: readonly string[];
  readonly prune: boolean;
}

/** What manifests ask for, all of it or the named queues. Throws `UsageError`. */
export function planRequestFrom(
  queues: readonly string[],
  { manifest: files, prune }: PlanOptions,
  terminal: Terminal,
): PlanRequest {
  if (files.length === 0) throw new UsageError('--manifest is missing.', 'Name a manifest: --manifest FILE.');
  if (prune && queues.length > 0) {
    throw new UsageError(
      '--prune and names of queues exclude each other.',
      'What no manifest wants can only be told by all that they want.',
    );
  }
  const manifests = files.map((file) => readManifest(file, terminal));
  const brokers = new Map<string, BrokerRef>();
  for (const broker of manifests.flatMap(declaredBrokers)) {
    const known = brokers.get(broker.name);
    if (known !== undefined && known.endpoint.text !== broker.endpoint.text) {
      throw new UsageError(
        `The manifests mean different brokers by "${broker.name}".`,
        'Give each broker a name of its own.',
      );
    }
    brokers.set(broker.name, broker);
  }
  const desired = manifests.flatMap(desiredReplications);
  return {
    desired: queues.length === 0 ? desired : chooseQueues(desired, queues, files.join(' and ')),
    brokers: [...brokers.values()],
    unwanted: queues.length > 0 ? 'ignore' : prune ? 'stop' : 'tell',
  };
}
