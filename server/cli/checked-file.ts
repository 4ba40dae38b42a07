import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { visible } from '../report/visible';
import { documentFromBytes, type SourceDocument } from '../text/document';
import { errorsIn, type Rule } from '../text/rule';
import { UsageError } from './exit-code';
import type { Terminal } from './terminal';
import { readFaultOf } from './write-fault';

/**
 * A file that a command acts upon. One with errors is refused: a part of it may mean something else than its author
 * thinks. Throws `UsageError`.
 */
export function readChecked<Document extends { readonly source: SourceDocument }>(
  file: string,
  parse: (source: SourceDocument) => Document,
  rules: readonly Rule<Document>[],
  terminal: Terminal,
): Document {
  const path = resolve(terminal.cwd, file);
  const document = parse(documentFromBytes(pathToFileURL(path).href, readBytes(path, file)));
  const errors = errorsIn(rules, document);
  if (errors.length === 0) return document;
  const lines = errors.map(({ span, message }) => {
    const { line, character } = document.source.lines.positionAt(span.start);
    return `${visible(file)}:${line + 1}:${character + 1}: ${visible(message)}`;
  });
  throw new UsageError(
    `${visible(file)} has errors:\n${lines.join('\n')}`,
    `"qpidha lint ${visible(file)}" shows them with their fixes.`,
  );
}

function readBytes(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${visible(file)} cannot be read: ${readFaultOf(error)}.`);
  }
}
