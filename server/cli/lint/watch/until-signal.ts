import type { ExitCode } from '../../exit-code';
import type { LintCommandOptions } from '../options';
import { watchLint } from './watching';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Watches until Ctrl-C or another signal to end; a second one ends at once, whatever is being done. */
export async function watchUntilSignal(options: LintCommandOptions, isLive: boolean): Promise<ExitCode> {
  const controller = new AbortController();
  const end = () => controller.abort();
  for (const signal of signals) process.once(signal, end);
  try {
    return await watchLint(options, { isLive, signal: controller.signal });
  } finally {
    for (const signal of signals) process.removeListener(signal, end);
  }
}
