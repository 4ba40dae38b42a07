import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { version } from '../../../../package.json';
import type { Checked } from '../../../lint/checked';
import { todaysDate } from '../../../lint/suppression/expiry';
import { visible } from '../../../report/visible';
import type { Inputs } from '../inputs';
import type { CacheOptions, LintCommandOptions } from '../options';
import { type KeptRun, keep, recall } from './kept';
import { cacheFolder } from './place';
import { load, save } from './store';
import { RecordedFiles } from './trace';

/** Checks, unless a run is kept that asked the same of the same files: then that is the result. */
export async function cachedCheck(
  inputs: Inputs,
  options: LintCommandOptions,
  { folder: named }: CacheOptions,
  check: (inputs: Inputs, today: string) => Promise<Checked>,
): Promise<Checked> {
  const { cwd, environment = {}, stderr } = options;
  const folder = cacheFolder(named, cwd, environment);
  const today = todaysDate();
  const key = keyOf(inputs, options, today);
  const known = recalled(load(folder, key), inputs);
  if (known !== undefined) return known;
  const files = new RecordedFiles(inputs.files);
  const checked = await check({ ...inputs, files }, today);
  if (checked.project.reported.size === 0) return checked;
  const { trace } = files;
  const kept = trace && (await keep(checked, trace));
  const fault = kept && save(folder, key, kept);
  if (fault !== undefined)
    stderr(`qpidha lint: the cache in ${visible(named ?? folder)} cannot be written: ${fault}.\n`);
  return checked;
}

/** The checksum was right, so that it is what was written, by us or by somebody who means us to believe so. */
function recalled(kept: unknown, { files }: Inputs): Checked | undefined {
  if (kept === undefined) return undefined;
  try {
    return recall(kept as KeptRun, files);
  } catch {
    return undefined;
  }
}

/** All that a check depends on but for the files. */
function keyOf({ entries, choice }: Inputs, { inlineConfig }: LintCommandOptions, today: string): string {
  return JSON.stringify({
    version,
    program: program(),
    // With each release come a new Unicode and new classes of characters.
    node: process.version,
    platform: process.platform,
    today,
    entries,
    choice,
    suppressions: inlineConfig !== false,
  });
}

/** Tells builds of one version apart: the file that was started names all others, and each by what it holds. */
function program(): string {
  try {
    const started = process.argv[1];
    return started === undefined ? '' : createHash('sha256').update(readFileSync(started)).digest('hex');
  } catch {
    return '';
  }
}
