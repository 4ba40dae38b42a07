import type { DocumentCache } from '../../project/document-cache';
import type { FileSystem } from '../../project/file-system';
import type { FormatName } from '../../report/formats';
import type { Severity } from '../../text/finding';
import type { BaselineOptions } from './baseline';
import type { ConfigurationOptions } from './configuration';
import type { FileOutput } from './outputs';

/** What the command line says of the cache. */
export interface CacheOptions {
  /** Left out: the usual place. */
  readonly folder?: string;
}

export interface LintCommandOptions extends ConfigurationOptions {
  /** Files, folders and patterns, and `-` for the standard input; none stands for the current folder. */
  readonly paths: readonly string[];
  /** The file for which the standard input stands. */
  readonly stdinFilename?: string;
  /** Left out: the standard input of the process. */
  readonly stdin?: () => AsyncIterable<Uint8Array | string>;
  /** False: what git ignores is checked, too. */
  readonly gitIgnore?: boolean;
  /** Nothing is checked, and the files that would be are printed, with reasons or without. */
  readonly listFiles?: 'names' | 'reasons';
  /** What is printed; left out for nothing. */
  readonly format?: FormatName | undefined;
  /** The same report in other formats. */
  readonly files?: readonly FileOutput[];
  /** The gravest findings that still leave the exit code at 0 lie below this. */
  readonly failOn: Severity | 'never';
  readonly fix?: boolean;
  /** What is fixed is not written. */
  readonly dryRun?: boolean;
  readonly baseline?: BaselineOptions;
  /** False: comments in the files hide nothing. */
  readonly inlineConfig?: boolean;
  /** Left out: the files of this machine. */
  readonly disk?: FileSystem;
  /** A run is kept on disk, and is the result of the next one that depends on the same. Not with `fix`. */
  readonly keeps?: CacheOptions;
  /** Keeps what is parsed from one run to the next within a process. */
  readonly cache?: DocumentCache;
  readonly color: boolean;
  /** Makes a text of the report a link; left out where the terminal has none. */
  readonly link?: (text: string, url: string) => string;
  readonly cwd: string;
  /** Tells which platform runs us. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The report, and nothing else. */
  readonly stdout: (text: string) => void;
  /** For what is no UTF-8; left out: `stdout` gets it all. */
  readonly stdoutBytes?: (bytes: Uint8Array) => void;
  readonly stderr: (text: string) => void;
}
