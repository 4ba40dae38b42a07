import type { LiveParams, NextVerb, ReplicationResult, ReplicationTarget } from '../server/lsp/requests';
import { runAccepting } from './accept';
import { adviceStep } from './next-steps';
import type { Services } from './services';
import { type NextStep, showResult } from './show-result';
import { chooseTarget } from './target';
import type { TargetQuestion } from './target-question';
import { mayContactBrokers } from './trust';

/** What a command does with one replication. */
export interface Verb extends TargetQuestion {
  /** The request of the language server. */
  readonly request: string;
  /** What the notification says while it runs, before the queue: `Starting replication of`. */
  readonly doing: string;
  /** The advice that the command itself carries out, so that it needs no button. */
  readonly itself?: NextVerb;
  /** Asked after the target: what the request takes besides. Undefined when the user gives up. */
  choose?(target: ReplicationTarget): Promise<object | undefined>;
  /** What may come after it, where it went well. */
  after?(services: Services, target: ReplicationTarget): readonly NextStep[];
}

/** Chooses a replication, runs the verb on it, asks about each danger, and says what is true now. */
export async function runVerb(services: Services, argument: unknown, verb: Verb): Promise<void> {
  if (!mayContactBrokers()) return;
  const target = await chooseTarget(services.client, argument, verb);
  if (target === undefined) return;
  const chosen = verb.choose === undefined ? {} : await verb.choose(target);
  if (chosen === undefined) return;
  const title = `${verb.doing} "${target.queue}"`;
  const params: LiveParams = { ...chosen, target } as LiveParams;
  const result = await runAccepting(services.client, { request: verb.request, title, params });
  if (result === undefined) return;
  await showResult(services.reports, title, result, nextSteps(services, target, verb, result));
}

function nextSteps(
  services: Services,
  target: ReplicationTarget,
  verb: Verb,
  { severity, nextVerb }: ReplicationResult,
): readonly NextStep[] {
  const advised = adviceStep(nextVerb, target, verb.itself);
  const again = { label: 'Try Again', run: () => runVerb(services, target, verb) };
  if (severity === 'error') return [...advised, again];
  const after = verb.after?.(services, target) ?? [];
  return [...advised.filter(({ label }) => after.every((step) => step.label !== label)), ...after];
}
