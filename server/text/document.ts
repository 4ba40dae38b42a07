import { type DecodedText, decode, type Encoding } from './decode';
import { LineIndex } from './line-index';

/** Where a document lives, as a URI string: the one identity of a file in every room. */
export type DocumentUri = string;

/**
 * One version of one file's text. Offsets are UTF-16 code units, as everywhere in this project;
 * positions (zero-based, editor line endings) are made only at the edge, with `lines`.
 */
export interface SourceDocument {
  readonly uri: DocumentUri;
  readonly text: string;
  readonly encoding: Encoding;
  readonly lines: LineIndex;
}

export function documentFromText(
  uri: DocumentUri,
  text: string,
  encoding: Encoding = 'utf-8',
): SourceDocument {
  return create(uri, { text, encoding });
}

export function documentFromBytes(uri: DocumentUri, bytes: Uint8Array): SourceDocument {
  return create(uri, decode(bytes));
}

/** The next version of a document. */
export function documentWithText({ uri, encoding, lines }: SourceDocument, text: string): SourceDocument {
  return { uri, text, encoding, lines: lines.forText(text) };
}

function create(uri: DocumentUri, decoded: DecodedText): SourceDocument {
  return { uri, ...decoded, lines: new LineIndex(decoded.text) };
}
