import type { DangerId } from '../replication/dangers';
import type { PlanRequest } from '../replication/planning/plan-step';
import { watch } from '../replication/watch';
import type { WatchEvent } from '../replication/watching/watch-event';
import { visible } from '../report/visible';
import { withEngine } from './engine';
import { exitCode } from './exit-code';
import { type LiveOptions, toJson } from './live';
import type { Terminal } from './terminal';

export interface WatchOptions extends LiveOptions {
  /** Seconds between looks. */
  readonly interval: number;
  readonly heal: boolean;
  readonly rebuild: boolean;
}

/** `qpidha watch`: tells what changes, until Ctrl-C, a signal to end, or a reader that has gone. */
export async function watchCommand(
  { desired, brokers }: PlanRequest,
  options: WatchOptions,
  terminal: Terminal,
): Promise<number> {
  const tell = options.json ? jsonLine : textLines;
  const accepted = new Set<DangerId>(options.rebuild ? ['replaced-content'] : []);
  const engine = { ...options, credentials: new Map(), farewell: '', onEvent() {} };
  await withEngine(terminal, engine, (context) =>
    watch(
      {
        desired,
        brokers,
        interval: options.interval * 1000,
        ...(options.heal ? { heal: accepted } : {}),
        onEvent: (event) => terminal.out(tell(event, terminal)),
      },
      context,
    ),
  );
  return exitCode.ok;
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
