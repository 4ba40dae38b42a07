import { type Range, type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver';
import type { SemanticToken, TokenType } from '../text/features';
import { span } from '../text/span';
import { guardRequest } from './guard';
import { answersFor } from './languages';
import type { Feature, Session } from './session';
import { toRange, toSpan, type View } from './view';

/** In the order of their numbers. All but `invalid` are the protocol's own; that one is for editors to colour. */
const tokenTypes: readonly TokenType[] = [
  'property',
  'keyword',
  'number',
  'enumMember',
  'string',
  'regexp',
  'invalid',
];

const deprecatedBit = 1;

export const semanticTokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: ['deprecated'] },
      full: true,
      range: true,
    },
  }),
  register(session) {
    const { connection, log } = session;
    connection.languages.semanticTokens.on(
      guardRequest(log, 'textDocument/semanticTokens/full', ({ textDocument }) =>
        encode(session, textDocument.uri),
      ),
    );
    connection.languages.semanticTokens.onRange(
      guardRequest(log, 'textDocument/semanticTokens/range', ({ textDocument, range }) =>
        encode(session, textDocument.uri, range),
      ),
    );
  },
};

function encode({ documents, analysis }: Session, uri: string, range?: Range): SemanticTokens | null {
  const document = documents.get(uri);
  if (document === undefined) return null;
  const within = range === undefined ? span(0, document.source.text.length) : toSpan(document, range);
  const tokens = answersFor(analysis, document)?.tokens?.(within);
  if (tokens === undefined) return null;
  const builder = new SemanticTokensBuilder();
  for (const token of tokens) push(builder, document, token);
  return builder.build();
}

/** To an editor a lone CR ends a line, and no token may span two lines. */
function push(builder: SemanticTokensBuilder, view: View, { span, type, deprecated }: SemanticToken): void {
  const { start, end } = toRange(view, span);
  if (start.line !== end.line) return;
  const modifiers = deprecated === true ? deprecatedBit : 0;
  builder.push(
    start.line,
    start.character,
    end.character - start.character,
    tokenTypes.indexOf(type),
    modifiers,
  );
}
