/** A manifest that is watched may be edited meanwhile. */
import type { BrokerRef } from '../contract';
import { neverAborted, pause } from '../patience';
import type { DesiredReplication } from '../planning/desired';

/** What manifests ask for. */
export interface Wanted {
  readonly desired: readonly DesiredReplication[];
  readonly brokers: readonly BrokerRef[];
}

/** Of an edit: what is wanted now, or why the manifest cannot be used as it is, as a sentence. */
export type Reading =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly reason: string; readonly next?: string | undefined };

/** Milliseconds for which a file must stand still: an editor may just be writing it. */
const writing = 100;

/**
 * Reads again what has changed since the last call; undefined where nothing has. `text`: all that is read, undefined
 * where it cannot be read. Changes are seen by the text, for not every editor writes into the same file.
 */
export function rereading(
  text: () => string | undefined,
  read: () => Reading,
): () => Promise<Reading | undefined> {
  let known = text();
  return async () => {
    const now = text();
    if (now === known) return undefined;
    await pause(writing, neverAborted);
    if (text() !== now) return undefined;
    known = now;
    return read();
  };
}

/** Whether both ask for the same of the same brokers. */
export function isSame(one: Wanted, other: Wanted): boolean {
  return JSON.stringify([one.desired, one.brokers]) === JSON.stringify([other.desired, other.brokers]);
}
