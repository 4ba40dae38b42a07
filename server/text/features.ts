import type { Span } from './span';

/**
 * What a language can answer about a place in a document. Plain results with offsets: the language server
 * turns them into its protocol, and nothing here knows of it. Offsets are UTF-16 code units.
 */

export interface Hover {
  /** What the answer is about: the editor highlights it. */
  readonly span: Span;
  readonly markdown: string;
}

/** What a proposal stands for; decides its icon. */
export type CompletionKind = 'option' | 'key' | 'value' | 'broker' | 'queue' | 'file' | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One short line beside the label: a type and a default. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What accepting the proposal does; `span` holds the cursor and lies within its line. */
  readonly edit: { readonly span: Span; readonly newText: string };
  /** `newText` with tab stops, in the syntax that editors share: `${1:example}`. For editors that know it. */
  readonly template?: string;
  /** Order among proposals; the label where not given. */
  readonly sortText?: string;
  /** True for what the file need not, or must not, say any more. */
  readonly deprecated?: boolean;
  /** True where something is to be proposed behind it at once: a value behind a name. */
  readonly again?: boolean;
}

/** What an entry of the outline stands for; decides its icon. */
export type SymbolKind = 'setting' | 'section' | 'broker' | 'replication' | 'field';

export interface DocumentSymbol {
  /** Never empty. */
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  /** The whole entry. */
  readonly span: Span;
  /** Its name; within `span`. */
  readonly selectionSpan: Span;
  readonly children?: readonly DocumentSymbol[];
}

/** A short text that the editor shows behind a place of the file, without its being there. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  /** Markdown: more of it, where the pointer rests. */
  readonly tooltip: string;
}

/** What may stand at a place where something is typed. */
export interface Signature {
  /** One line: `port=integer, 0 to 65535`. */
  readonly label: string;
  /** The part of the label that is being typed. */
  readonly value: Span;
  /** Markdown. */
  readonly documentation: string;
}

/** What folds: lines of comment, or a paragraph under its heading. */
export type FoldingKind = 'comment' | 'section';

/** Lines that an editor can fold to the first of them; `span` begins on that line and ends on the last. */
export interface FoldingRange {
  readonly kind: FoldingKind;
  readonly span: Span;
}

/** A path in the file. */
export interface FileLink {
  readonly span: Span;
  /** Absolute, on the broker's machine; or as written, where `uri` says where it leads. */
  readonly path: string;
  readonly uri?: string;
}

/** What a piece of text is to the broker; `invalid` is what it refuses. */
export type TokenType = 'property' | 'keyword' | 'number' | 'enumMember' | 'string' | 'regexp' | 'invalid';

export interface SemanticToken {
  /** Never empty. */
  readonly span: Span;
  readonly type: TokenType;
  readonly deprecated?: boolean;
}
