import { existsSync, realpathSync } from 'node:fs';
import picocolors from 'picocolors';
import { type FixResult, fixProject } from '../../lint/fix';
import { secretsOf } from '../../lint/secrets';
import { pathOfUri, uriOfPath } from '../../project/uris';
import { colored } from '../../report/colored-diff';
import { type FileDiff, fixDiff } from '../../report/fix-diff';
import { visible } from '../../report/visible';
import type { DocumentUri } from '../../text/document';
import { encode } from '../../text/encode';
import { countFixes, namesOf, tellEndless } from './fixing';
import type { Inputs } from './inputs';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';

/** Prints what `--fix` would change, as a patch, and changes nothing. */
export function printFixes(inputs: Inputs, options: LintCommandOptions): FixResult {
  const { stderr, cwd } = options;
  const result = fixProject({ ...inputs, lint: { suppressions: options.inlineConfig !== false } });
  const { changes, applied, before, project } = result;
  const nameOf = namesFrom(cwd);
  const secrets = [secretsOf(before), secretsOf(project)] as const;
  // A file that has several names here is changed once.
  const byTarget = new Map(changes.map((file) => [targetOf(file.before.uri), file]));
  const diffs = [...byTarget].map(([target, file]) => fixDiff(file, nameOf(target), ...secrets));
  print(diffs, result, options);
  const named = (uri: DocumentUri) => visible(nameOf(uri));
  for (const { uri, withheld } of diffs) {
    if (withheld.length > 0)
      stderr(
        `qpidha lint: ${named(uri)}:${withheld.join(',')}: not shown, for a password stands there; "--fix" changes it all the same.\n`,
      );
  }
  stderr(
    changes.length === 0
      ? 'There is nothing to fix.\n'
      : `Would apply ${countFixes(applied)} in ${namesOf(changes, named)}.\n`,
  );
  tellEndless(result, stderr);
  return result;
}

/** Of a link the file that it leads to, which is the one to be patched. */
function targetOf(uri: DocumentUri): DocumentUri {
  const path = pathOfUri(uri);
  return path !== undefined && existsSync(path) ? uriOfPath(realpathSync(path)) : uri;
}

/** Each file in its own encoding, for otherwise the patch would not fit. */
function print(
  diffs: readonly FileDiff[],
  { changed }: FixResult,
  { stdout, stdoutBytes, color }: LintCommandOptions,
): void {
  for (const { uri, head, body } of diffs) {
    if (head === '') continue;
    if (color) {
      stdout(colored(head + body, picocolors.createColors(true)));
      continue;
    }
    const encoding = changed.get(uri)?.encoding ?? 'utf-8';
    const bytes = encoding === 'utf-8' ? undefined : encode(body, encoding);
    stdout(head);
    if (bytes === undefined || stdoutBytes === undefined) stdout(body);
    else stdoutBytes(bytes);
  }
}
