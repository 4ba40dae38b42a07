import type { GuardedConnection } from './connection';
import { conditionFailure, type Failure, failure } from './errors';
import type { RheaLink, RheaReceiver, RheaSender } from './rhea';

/** Unique in this process and, by the random part, among all clients with our container id. */
const prefix = Math.random().toString(36).slice(2, 10);
let links = 0;

export function linkName(purpose: string): string {
  links += 1;
  return `${purpose}-${prefix}-${links}`;
}

/** A sender that is attached, and told when it ends. */
export async function attachSender(
  guard: GuardedConnection,
  queue: string,
  step: string,
  onEnd: (reason: Failure) => void,
): Promise<RheaSender> {
  guard.check(step);
  const sender = guard.openSession().attach_sender({ name: linkName('sender'), target: { address: queue } });
  await attached(guard, sender, step, onEnd);
  return sender;
}

export interface SourceOptions {
  readonly address?: string;
  readonly dynamic?: boolean;
  readonly distribution_mode?: 'copy' | 'move';
  readonly filter?: Readonly<Record<string, object>>;
}

/** A receiver without credit that settles nothing by itself. */
export async function attachReceiver(
  guard: GuardedConnection,
  source: SourceOptions,
  step: string,
  onEnd: (reason: Failure) => void,
): Promise<RheaReceiver> {
  guard.check(step);
  const receiver = guard.openSession().attach_receiver({
    name: linkName(source.dynamic ? 'reply' : 'receiver'),
    source,
    credit_window: 0,
    autoaccept: false,
    // A browser has nothing to settle.
    ...(source.distribution_mode === 'copy' ? { snd_settle_mode: 1 } : {}),
  });
  await attached(guard, receiver, step, onEnd);
  return receiver;
}

/** rhea decodes the missing terminus of a refusal, a null on the wire, as a typed value that holds null. */
function isThere(terminus: object | null | undefined): boolean {
  return terminus != null && !('value' in terminus && terminus.value === null);
}

/** A refusal is an attach without source or target, and then a detach with the reason. */
async function attached(
  guard: GuardedConnection,
  link: RheaSender | RheaReceiver,
  step: string,
  onEnd: (reason: Failure) => void,
): Promise<void> {
  const opened = guard.wait<void>(step);
  const isReceiver = 'add_credit' in link;
  const role = isReceiver ? 'receiver' : 'sender';
  let over = false;
  const ended = (reason: Failure): void => {
    if (over) return;
    over = true;
    opened.reject(reason);
    onEnd(reason);
    closeSession(link);
  };
  link.on(`${role}_open`, () => {
    if (isThere(isReceiver ? link.source : link.target)) opened.resolve();
  });
  link.on(`${role}_error`, () => ended(conditionFailure(link.error)));
  link.on(`${role}_close`, () => ended(failure('closed', 'the broker closed the link')));
  link.session.on('session_error', () => ended(conditionFailure(link.session.error)));
  link.session.on('session_close', () => ended(failure('closed', 'the broker closed the session')));
  try {
    await opened.promise;
  } catch (error) {
    over = true;
    closeSession(link);
    throw error;
  }
}

/** Later, since rhea still answers the peer's detach, and brokers do not forgive frames after the end of a session. */
function closeSession({ session }: RheaLink): void {
  setImmediate(() => session.close());
}

/** Ends a link of ours with its session, and waits until the peer has seen it. Never throws. */
export async function detach(guard: GuardedConnection, link: RheaLink): Promise<void> {
  const { session } = link;
  const ended = guard.wait<void>('closing a link');
  session.on('session_close', () => ended.resolve());
  session.on('session_error', () => ended.resolve());
  session.close();
  await ended.promise.catch(() => {});
}
