import { resolve, sep } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type FormatName, formatNames, isFormatName } from '../../report/formats';

/** Where the report goes. */
export interface Outputs {
  /** What is printed; undefined for nothing. */
  readonly format?: FormatName | undefined;
  readonly files: readonly FileOutput[];
}

export interface FileOutput {
  readonly format: FormatName;
  /** As the user wrote it. */
  readonly path: string;
}

/** What is printed where no format is asked for. In the log of a GitHub workflow findings show beside the change. */
export function usualFormat(environment: Readonly<Record<string, string | undefined>>): FormatName {
  return environment.GITHUB_ACTIONS === 'true' ? 'github' : 'text';
}

// By their names they cannot be opened where they are sockets.
const standardOutput: ReadonlySet<string> = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);
export const standardError: ReadonlySet<string> = new Set(['/dev/stderr', '/dev/fd/2', '/proc/self/fd/2']);

/** Reads one `--format NAME[=FILE]`, after those that were read before. */
export function addOutput(value: string, previous: Outputs | undefined): Outputs {
  const { format, files } = previous ?? { files: [] };
  const [, name = '', path] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? [];
  if (!isFormatName(name)) throw new InvalidArgumentError(`Allowed choices are ${formatNames.join(', ')}.`);
  if (path === '') throw new InvalidArgumentError('There is no file behind the "=".');
  if (path === undefined || standardOutput.has(path)) {
    if (format !== undefined)
      throw new InvalidArgumentError(
        `Only one format can be printed, and that is ${format}. Name a file for this one: ${name}=FILE.`,
      );
    return { format: name, files };
  }
  const isTaken = files.some((other) => resolve(other.path) === resolve(path) && !isDevice(path));
  if (isTaken) throw new InvalidArgumentError('The file of another format is the same.');
  return { format, files: [...files, { format: name, path }] };
}

function isDevice(path: string): boolean {
  return resolve(path).startsWith(`${sep}dev${sep}`);
}
