import { type ExitCode, exitCode } from '../exit-code';
import { lintCommand } from '../lint/command';
import type { Terminal } from '../terminal';
import { expect, type Story } from './story';

/** Shows what the linter finds in the example, lets it apply the fix, and shows that nothing is left. */
export async function mendConfiguration(story: Story, folder: string, terminal: Terminal): Promise<void> {
  story.chapter('Lint examples/two-brokers: two qpidd.conf files, and the manifest that names them');
  const before = await lint(folder, false, terminal);
  story.quote(before.printed);
  expect(before.code === exitCode.findings, 'the mistake in the example was not found.');
  story.chapter('Apply the fix to a copy, and lint that');
  const after = await lint(folder, true, terminal);
  story.quote(after.printed);
  expect(after.code === exitCode.ok, 'the fix did not cure the example.');
}

async function lint(
  folder: string,
  fix: boolean,
  terminal: Terminal,
): Promise<{ readonly code: ExitCode; readonly printed: string }> {
  let printed = '';
  const write = (text: string): void => {
    printed += text;
  };
  const code = await lintCommand({
    paths: ['.'],
    format: 'text',
    failOn: 'error',
    fix,
    color: terminal.outColors.isColorSupported,
    cwd: folder,
    stdout: write,
    stderr: write,
  });
  return { code, printed };
}
