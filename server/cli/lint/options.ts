import type { Severity } from '../../text/finding';
import type { ConfigurationOptions } from './configuration';

export interface LintCommandOptions extends ConfigurationOptions {
  /** Files and folders; none stands for the current folder. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  /** The gravest findings that still leave the exit code at 0 lie below this. */
  readonly failOn: Severity | 'never';
  readonly fix?: boolean;
  readonly color: boolean;
  readonly cwd: string;
  /** The report, and nothing else. */
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}
