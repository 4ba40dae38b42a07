import { BrokerError } from '../../amqp/broker-error';
import type { BrokerRef, EngineContext, LinkStatus, ReplicationStatus } from '../../replication/contract';
import { leftOverLinks, status, statusOfReplica } from '../../replication/status';
import { type Description, isHealthy } from '../../replication/words/describe';
import { describeLinks } from '../../replication/words/describe-left-over';
import { exitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { withEngine } from './engine';
import { createNarrator, type Narrator, silentNarrator } from './narrator';
import { type LiveOptions, toJson } from './replications';
import { statusTable } from './status-table';
import type { Selection, StatusTarget } from './targets';

/** `qpidha status`: each replication as seen on both brokers. Exit code 1 when one of them needs attention. */
export async function statusCommand(
  { targets, credentials }: Selection<StatusTarget>,
  options: LiveOptions,
  terminal: Terminal,
): Promise<number> {
  const narrator = options.json ? silentNarrator : createNarrator(terminal);
  const statuses: ReplicationStatus[] = [];
  const errors: BrokerError[] = [];
  const leftOver: { readonly replica: BrokerRef; readonly links: readonly LinkStatus[] }[] = [];
  await withEngine(terminal, { ...options, credentials, onEvent: narrator.onEvent }, async (context) => {
    for (const target of targets) {
      try {
        const seen = await look(target, context);
        statuses.push(...seen);
        // A replicator without a bridge names the command that also removes the links.
        if ('origin' in target || seen.some(({ state }) => state === 'half-stopped')) continue;
        const links = (await leftOverLinks(target.replica, context)).filter((link) => !isTold(link, seen));
        if (links.length > 0) leftOver.push({ replica: target.replica, links });
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        errors.push(error);
      }
    }
  });
  narrator.done();
  if (options.json)
    terminal.out(
      `${toJson({ version: 1, replications: statuses, leftOver: leftOverIn(leftOver), errors })}\n`,
    );
  else if (statuses.length > 0) terminal.out(statusTable(statuses, terminal.outColors));
  else if (errors.length === 0) terminal.say('No replication found.\n');
  for (const { replica, links } of leftOver) tell(narrator, describeLinks(replica, links));
  for (const error of errors) narrator.conclude('error', error.message);
  return errors.length === 0 && leftOver.length === 0 && statuses.every(isHealthy)
    ? exitCode.ok
    : exitCode.findings;
}

/** A replication that does well tells itself of the links that lead to its origin. */
function isTold({ address }: LinkStatus, seen: readonly ReplicationStatus[]): boolean {
  return seen.some((one) => isHealthy(one) && one.links.some((link) => link.address === address));
}

function leftOverIn(
  found: readonly { readonly replica: BrokerRef; readonly links: readonly LinkStatus[] }[],
) {
  return found.flatMap(({ replica, links }) => links.map((link) => ({ replica: replica.name, ...link })));
}

function tell(narrator: Narrator, { severity, message, details, next }: Description): void {
  narrator.conclude(severity, message);
  for (const detail of details) narrator.detail(detail);
  if (next !== undefined) narrator.detail(`next: ${next}`);
}

async function look(target: StatusTarget, context: EngineContext): Promise<readonly ReplicationStatus[]> {
  if ('origin' in target) return [await status(target, context)];
  const all = await statusOfReplica(target.replica, context);
  return target.queue === undefined ? all : all.filter(({ queue }) => queue === target.queue);
}
