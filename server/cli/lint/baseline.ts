import { resolve } from 'node:path';
import { BaselineRun, type GivenBaseline } from '../../lint/baseline/apply';
import { type Baseline, countKnown, entryKey } from '../../lint/baseline/baseline';
import { isFault, readBaseline } from '../../lint/baseline/read';
import { writeBaseline } from '../../lint/baseline/write';
import type { Checked } from '../../lint/checked';
import type { LintReport } from '../../lint/lint-report';
import type { UnreadableReason } from '../../project/file-system';
import { nodeFileSystem } from '../../project/node-file-system';
import type { ProjectEntry } from '../../project/open-project';
import { uriOfPath } from '../../project/uris';
import { visible } from '../../report/visible';
import { documentFromBytes, type SourceDocument } from '../../text/document';
import { writeOutput } from './write-output';

/** What the command line says of a baseline. */
export interface BaselineOptions {
  /** The file of known findings. */
  readonly path: string;
  /** update: it is to know all that is found. prune: it is to forget what is gone. */
  readonly change?: 'update' | 'prune';
  /** A known finding that is gone fails the run. */
  readonly strict?: boolean;
}

export interface OpenedBaseline extends GivenBaseline {
  readonly options: BaselineOptions;
  readonly path: string;
  /** The file as it is; undefined where there is none yet. */
  readonly source: SourceDocument | undefined;
}

/** What is wrong with the file, in a full sentence. */
export interface UnusableBaseline {
  readonly faults: readonly string[];
}

/** Reads the baseline, before anything else is done: a file that is none is not written to either. */
export function openBaseline(options: BaselineOptions, cwd: string): OpenedBaseline | UnusableBaseline {
  const path = resolve(cwd, options.path);
  const uri = uriOfPath(path);
  const name = visible(options.path);
  const content = nodeFileSystem.read(uri);
  if (content.kind === 'missing') {
    if (options.change === 'update') return { options, path, uri, source: undefined, entries: [] };
    return { faults: [`${name} does not exist. "--update-baseline" makes it.`] };
  }
  if (content.kind === 'unreadable') {
    return { faults: [`${name} cannot be read: ${unreadable[content.reason]}.`] };
  }
  const source = content.kind === 'bytes' ? documentFromBytes(uri, content.bytes) : content.source;
  const read = readBaseline(source);
  if (!isFault(read)) return { options, path, uri, source, entries: read };
  const { line, character } = source.lines.positionAt(read.offset);
  return { faults: [`${name}:${line + 1}:${character + 1}: ${visible(read.message)}.`] };
}

const unreadable: Readonly<Record<UnreadableReason, string>> = {
  folder: 'it is a folder',
  'too-large': 'it is larger than 64 MiB',
  permission: 'its permissions forbid it',
  'no-file': 'it is no plain file',
  failed: 'reading it failed',
};

export interface HeldAgainst {
  /** What is new, and beside it what is known. */
  readonly report: LintReport;
  /** not-written: the baseline could not be. stale: some of it is gone, and that shall not be. */
  readonly outcome: 'done' | 'not-written' | 'stale';
}

/** Holds a run against a baseline, and changes that if it is to be changed. */
export async function holdAgainst(
  baseline: OpenedBaseline,
  checked: Checked,
  entries: readonly ProjectEntry[],
  stderr: (text: string) => void,
): Promise<HeldAgainst> {
  const { options, uri } = baseline;
  const fingerprintOf = await checked.fingerprints();
  const run = new BaselineRun(checked, fingerprintOf, baseline, entries);
  const report = run.newFindings;
  if (options.change === undefined) {
    const stale = report.baseline?.stale ?? [];
    if (stale.length > 0) stderr(tellStale(stale, options));
    return { report, outcome: options.strict === true && stale.length > 0 ? 'stale' : 'done' };
  }
  const next = options.change === 'update' ? run.updated() : run.pruned();
  const fault = rewrite(baseline, next);
  if (fault !== undefined) {
    stderr(`qpidha lint: ${visible(options.path)} cannot be written: ${fault}.\n`);
    return { report, outcome: 'not-written' };
  }
  stderr(`${visible(options.path)} ${tellChange(baseline.entries, next)}.\n`);
  return {
    report: new BaselineRun(checked, fingerprintOf, { uri, entries: next }, entries).newFindings,
    outcome: 'done',
  };
}

/** A file that says the same already is left as it is. */
function rewrite({ path, source }: OpenedBaseline, entries: Baseline): string | undefined {
  const text = writeBaseline(entries);
  // What git makes of line ends is no change.
  const isSame = source?.text.replaceAll('\r\n', '\n') === text;
  return isSame ? undefined : writeOutput(path, text);
}

/** Entries that are named one by one; the others are counted. */
const toldEntries = 20;

function tellStale(stale: Baseline, { path, strict }: BaselineOptions): string {
  const [count, name] = [countKnown(stale), visible(path)];
  const verb = count === 1 ? 'finding of' : 'findings of';
  const head = `qpidha lint: ${count} ${verb} ${name} ${count === 1 ? 'is' : 'are'} gone: "--prune-baseline" takes ${count === 1 ? 'it' : 'them'} out.\n`;
  if (strict !== true) return head;
  const told = stale
    .slice(0, toldEntries)
    .map(
      (entry) =>
        `  ${visible(entry.file)}: ${visible(entry.rule)}${entry.count > 1 ? ` (${entry.count})` : ''}\n`,
    );
  const rest = stale.length - told.length;
  return head + told.join('') + (rest > 0 ? `  and ${rest} more\n` : '');
}

/** Goes on from the name of the file. */
function tellChange(before: Baseline, after: Baseline): string {
  const old = new Map(before.map((entry) => [entryKey(entry), entry.count]));
  const kept = after.reduce((sum, entry) => sum + Math.min(entry.count, old.get(entryKey(entry)) ?? 0), 0);
  const [more, less] = [countKnown(after) - kept, countKnown(before) - kept];
  const count = countKnown(after);
  const changes = [...(more > 0 ? [`${more} more`] : []), ...(less > 0 ? [`${less} less`] : [])];
  const finding = count === 1 ? 'finding' : 'findings';
  return `knows ${count} ${finding}${changes.length === 0 ? ', as before' : `: ${changes.join(', ')}`}`;
}
