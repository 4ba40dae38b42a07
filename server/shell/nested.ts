/** Where something that begins with `$(`, `${` or a backquote ends. */

type Mode = 'parenthesis' | 'brace' | 'quoted brace' | 'quotes' | 'backquotes';

/**
 * The offset behind the end; undefined where it has none. `start` is the offset behind the opening. Counts instead of
 * calling itself: a script may nest as deep as it likes.
 */
export function endOfNested(text: string, start: number, mode: Mode): number | undefined {
  const modes: Mode[] = [mode];
  let at = start;
  while (at < text.length) {
    const current = modes[modes.length - 1];
    const character = text[at];
    if (character === '\\') {
      at += 2;
      continue;
    }
    if (isEnd(character, current)) {
      at += 1;
      modes.pop();
      if (modes.length === 0) return at;
      continue;
    }
    if (current === 'backquotes') {
      at += 1;
      continue;
    }
    const opened = openedBy(text, at, current);
    if (opened !== undefined) {
      modes.push(opened.mode);
      at += opened.length;
      continue;
    }
    const skipped = skip(text, at, current);
    if (skipped === undefined) return undefined;
    at = skipped;
  }
  return undefined;
}

function isEnd(character: string | undefined, mode: Mode | undefined): boolean {
  switch (mode) {
    case 'parenthesis':
      return character === ')';
    case 'brace':
    case 'quoted brace':
      return character === '}';
    case 'quotes':
      return character === '"';
    default:
      return character === '`';
  }
}

function openedBy(text: string, at: number, mode: Mode | undefined) {
  const character = text[at];
  const inQuotes = mode === 'quotes' || mode === 'quoted brace';
  if (character === '$' && text[at + 1] === '(') return { mode: 'parenthesis', length: 2 } as const;
  if (character === '$' && text[at + 1] === '{') {
    return { mode: inQuotes ? 'quoted brace' : 'brace', length: 2 } as const;
  }
  if (character === '`') return { mode: 'backquotes', length: 1 } as const;
  if (character === '"') return { mode: 'quotes', length: 1 } as const;
  if (character === '(' && mode === 'parenthesis') return { mode: 'parenthesis', length: 1 } as const;
  return undefined;
}

/** Over one character, a text in single quotes, or a comment. */
function skip(text: string, at: number, mode: Mode | undefined): number | undefined {
  const character = text[at];
  if (character === "'" && (mode === 'parenthesis' || mode === 'brace')) {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? undefined : end + 1;
  }
  if (character === '#' && mode === 'parenthesis' && /[\s;&|(]/.test(text[at - 1] ?? '')) {
    const end = text.indexOf('\n', at);
    return end < 0 ? undefined : end;
  }
  return at + 1;
}
