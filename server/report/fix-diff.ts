import { type StructuredPatchHunk, structuredPatch } from 'diff';
import type { FixedFile } from '../lint/fix';
import type { DocumentUri, SourceDocument } from '../text/document';
import type { Span } from '../text/span';
import { secretsInLine } from './mask';
import { patchName } from './patch-name';

/** What fixes would change in one file, as `patch` and `git apply` read it. */
export interface FileDiff {
  readonly uri: DocumentUri;
  /** Names of files; in UTF-8. Empty where no part is shown. */
  readonly head: string;
  /** Lines of the file; in its encoding. */
  readonly body: string;
  /** Lines of the file as it is, from 1, at which a part is not shown, for it would show a secret. */
  readonly withheld: readonly number[];
}

/** Lines around a change; `patch` needs the same number before and after it. */
const usualContext = 3;

type Secrets = ReadonlyMap<DocumentUri, readonly Span[]>;

/**
 * What fixes change in a file. No line is shown that holds a secret: where one stands near a change there is less
 * context, and where it is in the change itself that part is left out.
 *
 * @param name the file as the reader would type it.
 * @param before where secrets are in the file as it is; `after`, once it is fixed.
 */
export function fixDiff(file: FixedFile, name: string, before: Secrets, after: Secrets): FileDiff {
  const secret = new Set([...secretLines(file.before, before), ...secretLines(file.after, after)]);
  const isSecret = (line: string) => secret.has(line.slice(1));
  const hunks = hunksWithout(isSecret, file);
  const kept: StructuredPatchHunk[] = [];
  const withheld: number[] = [];
  let missing = 0;
  for (const hunk of hunks) {
    if (hunk.lines.some(isSecret)) {
      withheld.push(Math.max(1, hunk.oldStart));
      missing += hunk.newLines - hunk.oldLines;
    } else kept.push({ ...hunk, newStart: hunk.newStart - missing });
  }
  const { uri } = file.before;
  if (kept.length === 0) return { uri, head: '', body: '', withheld };
  const quoted = patchName(name);
  return { uri, head: `--- ${quoted}\n+++ ${quoted}\n`, body: textOf(kept), withheld };
}

/** With as much context as shows no secret; without any, what cannot be shown is in hunks of its own. */
function hunksWithout(isSecret: (line: string) => boolean, file: FixedFile): readonly StructuredPatchHunk[] {
  let hunks: readonly StructuredPatchHunk[] = [];
  for (let context = usualContext; context >= 0; context -= 1) {
    hunks = structuredPatch('', '', file.before.text, file.after.text, '', '', { context }).hunks;
    if (!hunks.some(({ lines }) => lines.some(isSecret))) break;
  }
  return hunks;
}

function textOf(hunks: readonly StructuredPatchHunk[]): string {
  const lines = hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  return `${lines.join('\n')}\n`;
}

/** Of no lines the line before them is named. */
function range(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}

/** All lines, without their line feeds, that hold a secret or may be the rest of one. */
function secretLines(source: SourceDocument, secrets: Secrets): readonly string[] {
  const { text, uri } = source;
  const spans = secrets.get(uri) ?? [];
  const found: string[] = [];
  let start = 0;
  let continues = false;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const holds: boolean =
      continues ||
      spans.some((one) => one.start < one.end && one.start <= end && start < one.end) ||
      secretsInLine(line, { start: 0, end: line.length }).some((one) => one.start < one.end);
    if (holds && line.trim() !== '') found.push(line);
    continues = holds && /\\\r?$/.test(line);
    start = end + 1;
  }
  return found;
}
