import { BrokerError } from '../amqp/broker-error';
import type { EngineContext, ReplicationStatus } from '../replication/contract';
import { status, statusOfReplica } from '../replication/status';
import { isHealthy } from '../replication/words/describe';
import { withEngine } from './engine';
import { exitCode } from './exit-code';
import { type LiveOptions, toJson } from './live';
import { createNarrator, silentNarrator } from './narrator';
import { statusTable } from './status-table';
import type { Selection, StatusTarget } from './targets';
import type { Terminal } from './terminal';

/** `qpidha status`: each replication as seen on both brokers. Exit code 1 when one of them needs attention. */
export async function statusCommand(
  { targets, credentials }: Selection<StatusTarget>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const narrator = options.json ? silentNarrator : createNarrator(terminal);
  const statuses: ReplicationStatus[] = [];
  const errors: BrokerError[] = [];
  await withEngine(terminal, { ...options, credentials, onEvent: narrator.onEvent }, async (context) => {
    for (const target of targets) {
      try {
        statuses.push(...(await look(target, context)));
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        errors.push(error);
      }
    }
  });
  narrator.done();
  if (options.json) terminal.out(`${toJson({ version: 1, replications: statuses, errors })}\n`);
  else if (statuses.length > 0) terminal.out(statusTable(statuses, terminal.outColors));
  else if (errors.length === 0) terminal.say('No replication found.\n');
  for (const error of errors) narrator.conclude('error', error.message);
  return errors.length === 0 && statuses.every(isHealthy) ? exitCode.ok : exitCode.findings;
}

async function look(target: StatusTarget, context: EngineContext): Promise<readonly ReplicationStatus[]> {
  if ('origin' in target) return [await status(target, context)];
  const all = await statusOfReplica(target.replica, context);
  return target.queue === undefined ? all : all.filter(({ queue }) => queue === target.queue);
}
