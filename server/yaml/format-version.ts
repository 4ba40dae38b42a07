import type { SourceDocument } from '../text/document';
import type { Fix } from '../text/finding';
import { span } from '../text/span';
import { isEmpty, type Read } from './read';
import { describeNode, type MappingEntry, type MappingNode } from './tree';

/** Reports a `version` that is not the one there is. */
export function readVersion(
  read: Read,
  source: SourceDocument,
  entry: MappingEntry | undefined,
  version: number,
): void {
  if (entry === undefined) return;
  const { value, keySpan } = entry;
  if (value.kind === 'scalar' && value.value === version) return;
  const at = isEmpty(value.span) ? keySpan : value.span;
  if (value.kind === 'scalar' && typeof value.value === 'number') {
    read.report(at, `This version is not known: the format has version ${version} only.`);
    return;
  }
  const spelled = value.kind === 'scalar' && value.value === String(version);
  const edits = [{ uri: source.uri, span: value.span, newText: String(version) }];
  const fix = spelled && value.literalStart !== undefined ? { title: 'Write the number', edits } : undefined;
  read.report(at, `"version" must be the number ${version}, not ${describeNode(value)}.`, fix);
}

/** Adds the version on a line of its own above the first key, in the same column. */
export function addVersion(
  { text, uri }: SourceDocument,
  mapping: MappingNode,
  version: number,
): Fix | undefined {
  const first = mapping.entries[0];
  if (first === undefined || mapping.flow) return undefined;
  const { start } = first.keySpan;
  const indentation = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replace('\uFEFF', '');
  if (/[^ ]/.test(indentation) || start < mapping.span.start) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `version: ${version}${lineEnd}${indentation}`;
  return { title: `Add "version: ${version}"`, edits: [{ uri, span: span(start, start), newText }] };
}
