import { resolve } from 'node:path';
import { DocumentCache } from '../../../project/document-cache';
import { nodeFileSystem } from '../../../project/node-file-system';
import { type ExitCode, exitCode } from '../../exit-code';
import { lintCommand } from '../command';
import { inputsOf } from '../inputs';
import type { LintCommandOptions } from '../options';
import { Changes } from './changes';
import { SeenFiles } from './seen-files';

/** Milliseconds: an editor writes a file in several steps, and git many files at once. */
const settling = 50;

/** Of a long check, so many times its duration pass before the next one. */
const rest = 2;

/** Milliseconds: nobody waits longer for what follows a change. */
const longestPause = 2000;

export interface WatchOptions {
  /** Whether a person watches: then each report begins on an empty screen. */
  readonly isLive: boolean;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

interface Run {
  readonly code: ExitCode;
  readonly out: string;
  readonly said: string;
  readonly seen: SeenFiles;
}

/**
 * `qpidha lint --watch`: a report now, and another one with each change of what it depends on, until it is ended.
 *
 * @returns the exit code of the last report.
 */
export async function watchLint(options: LintCommandOptions, watching: WatchOptions): Promise<ExitCode> {
  const faults = misuse(options);
  const inputs = faults.length > 0 ? { faults } : await inputsOf(options);
  if ('faults' in inputs) {
    for (const line of inputs.faults) options.stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  return new Watch(options, watching).run();
}

function misuse({ paths, dryRun, listFiles, baseline }: LintCommandOptions): readonly string[] {
  const others: readonly (readonly [string, boolean])[] = [
    ['"-"', paths.includes('-')],
    ['"--dry-run"', dryRun === true],
    ['"--list-files"', listFiles !== undefined],
    ['A change of the baseline', baseline?.change !== undefined],
  ];
  return others.flatMap(([name, isThere]) => (isThere ? [`${name} and "--watch" exclude each other.`] : []));
}

class Watch {
  private readonly cache = new DocumentCache();
  /** What we write ourselves. */
  private readonly own: ReadonlySet<string>;
  private readonly changes: Changes;
  private changed: () => void = () => {};
  private pending = false;
  private last: Run | undefined;

  constructor(
    private readonly options: LintCommandOptions,
    private readonly watching: WatchOptions,
  ) {
    const { files = [], cwd } = options;
    this.own = new Set(files.map(({ path }) => resolve(cwd, path)));
    this.changes = new Changes(() => {
      this.pending = true;
      this.changed();
    }, this.own);
  }

  async run(): Promise<ExitCode> {
    const { signal } = this.watching;
    const end = () => this.changed();
    signal.addEventListener('abort', end);
    try {
      while (!signal.aborted) {
        const start = Date.now();
        await this.look();
        const duration = Date.now() - start;
        await this.nextChange();
        await this.pause(Math.max(settling, Math.min(longestPause, duration * rest)));
      }
    } finally {
      signal.removeEventListener('abort', end);
      this.changes.close();
    }
    return this.last?.code ?? exitCode.ok;
  }

  /** Checks, and shows the report if it is a new one; again while folders turn up that were not watched before. */
  private async look(): Promise<void> {
    for (let isSettled = false; !isSettled && !this.watching.signal.aborted; ) {
      this.pending = false;
      const run = await this.lint([]);
      if (this.last === undefined || this.differs(run, this.last)) await this.show(run);
      this.last = run;
      isSettled = !this.changes.watch(this.watched(run));
    }
  }

  private watched({ seen }: Run) {
    const { paths, cwd, baseline, config } = this.options;
    const named = [
      ...paths,
      ...(baseline === undefined ? [] : [baseline.path]),
      ...(typeof config === 'string' ? [config] : []),
    ];
    return {
      listed: seen.listed,
      touched: new Set([...seen.touched, ...named.map((path) => resolve(cwd, path))]),
    };
  }

  /** That a file is as its fixes left it is no news: the report that came with them told of it. */
  private differs(run: Run, last: Run): boolean {
    if (run.code !== last.code || run.out !== last.out) return true;
    if (this.options.fix === true) return run.said !== '' && run.said !== last.said;
    return run.said !== last.said || run.seen.digest !== last.seen.digest;
  }

  private async lint(files: LintCommandOptions['files']): Promise<Run> {
    const seen = new SeenFiles(nodeFileSystem, this.own);
    // What is parsed is kept in memory: a cache on disk would be written with each change.
    const { stdoutBytes: _, keeps: __, ...options } = this.options;
    let out = '';
    let said = '';
    const code = await lintCommand({
      ...options,
      ...(files === undefined ? {} : { files }),
      disk: seen,
      cache: this.cache,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        said += text;
      },
    });
    return { code, out, said, seen };
  }

  private async show(run: Run): Promise<void> {
    const { files = [], stdout, stderr } = this.options;
    const { isLive } = this.watching;
    // Written only now: to write them is a change, too.
    const written = files.length === 0 ? run : await this.lint(files);
    // What comes first and last tells an editor's problem matcher where a report begins and ends.
    if (isLive) stdout(`${clearScreen}${now()}  Checked.\n\n`);
    stdout(run.out);
    if (written.said !== '') stderr(written.said);
    if (isLive) stderr(`${now()}  Watching; Ctrl-C ends.\n`);
    else if (this.last === undefined) stderr('qpidha lint: watching.\n');
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.changed = resolve;
      if (this.pending || this.watching.signal.aborted) resolve();
    });
  }

  private pause(milliseconds: number): Promise<void> {
    if (this.watching.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.changed = () => {
        if (!this.watching.signal.aborted) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function now(): string {
  return new Date().toTimeString().slice(0, 8);
}

const clearScreen = '\u001b[2J\u001b[3J\u001b[H';
