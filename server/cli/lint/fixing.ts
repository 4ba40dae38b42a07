import { type FixedFile, type FixResult, fixProject } from '../../lint/fix';
import type { Project } from '../../project/project';
import type { NameOf } from '../../report/place';
import { visible } from '../../report/visible';
import type { Inputs } from './inputs';
import { namesFrom } from './names';
import type { LintCommandOptions } from './options';
import { type PreparedFile, prepareFixed } from './write-fixed';

/** The project after its fixes are written; `undefined` where a file could not be written. */
export function fixed(inputs: Inputs, options: LintCommandOptions): Project | undefined {
  const { stderr, cwd } = options;
  const nameOf: NameOf = (uri) => visible(namesFrom(cwd)(uri));
  const result = fixProject({ ...inputs, lint: { suppressions: options.inlineConfig !== false } });
  const { changes, applied, project } = result;
  if (!writeAll(changes, nameOf, stderr)) return undefined;
  if (changes.length > 0) stderr(`Applied ${countFixes(applied)} in ${namesOf(changes, nameOf)}.\n`);
  tellEndless(result, stderr);
  return project;
}

/** `3 fixes` */
export function countFixes(count: number): string {
  return `${count} ${count === 1 ? 'fix' : 'fixes'}`;
}

export function namesOf(files: readonly FixedFile[], nameOf: NameOf): string {
  return files.map(({ after }) => nameOf(after.uri)).join(', ');
}

export function tellEndless({ endless }: Pick<FixResult, 'endless'>, stderr: (text: string) => void): void {
  if (endless.length > 0)
    stderr(
      `qpidha lint: the fixes of ${endless.join(', ')} undo each other, and were ended: please report it.\n`,
    );
}

/** All of them or none, as far as that can be known before. */
function writeAll(files: readonly FixedFile[], nameOf: NameOf, stderr: (text: string) => void): boolean {
  const fail = ({ after }: FixedFile, reason: string) =>
    stderr(`qpidha lint: ${nameOf(after.uri)} cannot be written: ${reason}.\n`);
  const { prepared, failed } = prepareAll(files);
  for (const [file, reason] of failed) fail(file, reason);
  if (failed.length > 0) {
    for (const { replacement } of prepared) replacement.discard();
    if (files.length > 1) stderr('qpidha lint: no file was changed.\n');
    return false;
  }
  const written: FixedFile[] = [];
  for (const { file, replacement } of prepared) {
    const reason = replacement.commit();
    if (reason === undefined) written.push(file);
    else fail(file, reason);
  }
  if (written.length === prepared.length) return true;
  if (files.length > 1) stderr(`qpidha lint: changed: ${namesOf(written, nameOf) || 'no file'}.\n`);
  return false;
}

function prepareAll(files: readonly FixedFile[]): {
  readonly prepared: readonly { readonly file: FixedFile; readonly replacement: PreparedFile }[];
  readonly failed: readonly (readonly [FixedFile, string])[];
} {
  const prepared = new Map<string, { readonly file: FixedFile; readonly replacement: PreparedFile }>();
  const failed: [FixedFile, string][] = [];
  for (const file of files) {
    const replacement = prepareFixed(file);
    if (typeof replacement === 'string') {
      failed.push([file, replacement]);
      continue;
    }
    const other = prepared.get(replacement.path);
    if (other === undefined) prepared.set(replacement.path, { file, replacement });
    else {
      replacement.discard();
      if (other.file.after.text !== file.after.text)
        failed.push([file, 'it has another name here, and would be changed differently by that']);
    }
  }
  return { prepared: [...prepared.values()], failed };
}
