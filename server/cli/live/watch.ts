import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DangerId } from '../../replication/dangers';
import { watch } from '../../replication/watch';
import { type Reading, rereading, type Wanted } from '../../replication/watching/reread';
import type { WatchEvent } from '../../replication/watching/watch-event';
import { visible } from '../../report/visible';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { withEngine } from './engine';
import { type LiveOptions, toJson } from './replications';

export interface WatchOptions extends LiveOptions {
  /** Seconds between looks. */
  readonly interval: number;
  readonly heal: boolean;
  readonly rebuild: boolean;
}

/** Which manifests are watched, and how they are read: again whenever one of the files changes. */
export interface WatchedManifests {
  readonly files: readonly string[];
  /** Throws `UsageError`. */
  read(): Wanted;
}

/**
 * `qpidha watch`: tells what changes, until Ctrl-C, a signal to end, or a reader that has gone. Throws `UsageError`
 * where the manifests cannot be used at the beginning; later that is told as all else.
 */
export async function watchCommand(
  manifests: WatchedManifests,
  options: WatchOptions,
  terminal: Terminal,
): Promise<number> {
  const { files } = manifests;
  const reread = rereading(
    () => textOf(files, terminal),
    () => readAgain(manifests),
  );
  const { desired, brokers } = manifests.read();
  const tell = options.json ? jsonLine : textLines;
  const accepted = new Set<DangerId>(options.rebuild ? ['replaced-content'] : []);
  const engine = { ...options, credentials: new Map(), farewell: '', onEvent() {} };
  await withEngine(terminal, engine, (context) =>
    watch(
      {
        desired,
        brokers,
        reread,
        interval: options.interval * 1000,
        ...(options.heal ? { heal: accepted } : {}),
        onEvent: (event) => terminal.out(tell(event, terminal)),
      },
      context,
    ),
  );
  return exitCode.ok;
}

function readAgain(manifests: WatchedManifests): Reading {
  try {
    return { ok: true, wanted: manifests.read() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ok: false, reason: error.message.replaceAll('\n', ' '), next: error.advice };
  }
}

/** Of all files; undefined where one cannot be read. */
function textOf(files: readonly string[], { cwd }: Terminal): string | undefined {
  try {
    return JSON.stringify(files.map((file) => readFileSync(resolve(cwd, file), 'latin1')));
  } catch {
    return undefined;
  }
}

function jsonLine({ kind, ...event }: WatchEvent): string {
  return `${toJson({ time: new Date().toISOString(), type: kind, ...event }, 0)}\n`;
}

function textLines({ severity, message, next }: WatchEvent, { outColors: colors }: Terminal): string {
  const paint = { info: (text: string) => text, warning: colors.yellow, error: colors.red };
  const time = new Date().toTimeString().slice(0, 8);
  const advice = next === undefined ? '' : `          next: ${visible(next)}\n`;
  return `${time}  ${paint[severity](visible(message))}\n${advice}`;
}
