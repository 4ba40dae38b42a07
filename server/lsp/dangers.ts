import type { Refusal } from '../replication/contract';
import { type Accepted, type DangerId, type DangerVerb, dangers, dangersOf } from '../replication/dangers';
import type { Description } from '../replication/words/describe';
import type { DangerNotice, ReplicationResult } from './requests';

/** Of the names that a client sends, those of dangers that the verb knows. */
export function acceptedBy(
  verb: DangerVerb,
  { accept = [] }: { readonly accept?: readonly string[] },
): Accepted {
  return new Set(dangersOf(verb).filter((id) => accept.includes(id)));
}

export function noticeOf(id: DangerId): DangerNotice {
  const { risk, instead } = dangers[id];
  return { id, risk, instead };
}

/** Asks for a danger to be accepted before anything is looked at. `what` is a clause without its full stop. */
export function askFirst(id: DangerId, what: string): ReplicationResult {
  const notice = noticeOf(id);
  return {
    severity: 'error',
    message: `${what}. ${notice.risk}`,
    next: notice.instead,
    details: [],
    danger: notice,
  };
}

/** A verb that has met a danger: the user of an editor accepts it there, and needs no flag. */
export function withDanger(
  description: Description,
  outcome: { readonly kind: string; readonly refusal?: Refusal },
): ReplicationResult {
  const danger = outcome.refusal?.danger;
  if (danger === undefined) return description;
  const notice = noticeOf(danger);
  return { ...description, next: notice.instead, danger: notice };
}
