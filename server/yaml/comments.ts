import { CST, Lexer } from 'yaml';
import { type Span, span } from '../text/span';
import { maximumLength } from './compose';

/** All comments of a YAML text, each from its `#` to the end of its line; also those of a broken file. */
export function commentsIn(text: string): readonly Span[] {
  if (text.length > maximumLength) return [];
  const comments: Span[] = [];
  let offset = 0;
  let content = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type: string | null = content ? 'content' : CST.tokenType(lexeme);
    content = type === 'scalar';
    // These stand for what is not written.
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') continue;
    if (type === 'comment') comments.push(span(offset, offset + lexeme.trimEnd().length));
    offset += lexeme.length;
  }
  return comments;
}
