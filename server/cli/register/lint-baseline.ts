import { type Command, Option } from 'commander';
import { UsageError } from '../exit-code';
import type { BaselineOptions } from '../lint/baseline';

/** What commander makes of the flags below. */
export interface BaselineFlags {
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly pruneBaseline?: true;
  readonly strictBaseline?: true;
}

export function addBaselineOptions(command: Command): void {
  command
    .option('--baseline <file>', 'hide the findings that this file knows: only new ones fail')
    .addOption(
      new Option('--update-baseline', 'let it know all that is found now').conflicts([
        'pruneBaseline',
        'strictBaseline',
        'dryRun',
      ]),
    )
    .addOption(
      new Option('--prune-baseline', 'let it forget what is gone, and add nothing').conflicts([
        'strictBaseline',
        'dryRun',
      ]),
    )
    .option('--strict-baseline', 'exit 1 as well where it knows what is gone');
}

/** Throws `UsageError` for a flag without a file. */
export function baselineFrom(flags: BaselineFlags): BaselineOptions | undefined {
  const { baseline, updateBaseline, pruneBaseline, strictBaseline } = flags;
  const change = updateBaseline ? 'update' : pruneBaseline ? 'prune' : undefined;
  if (baseline !== undefined && baseline !== '')
    return { path: baseline, ...(change && { change }), ...(strictBaseline && { strict: true }) };
  if (baseline === undefined && change === undefined && !strictBaseline) return undefined;
  const flag = baseline === '' ? 'baseline' : `${change ?? 'strict'}-baseline`;
  throw new UsageError(`--${flag} needs a file.`, 'Name it: "--baseline known.json".');
}
