/**
 * A file of `NAME=value` lines as systemd reads an EnvironmentFile (systemd env-file.c): comments begin with `#` or
 * `;`, a backslash before the line end continues the line, and values may be quoted in part or as a whole.
 * A file that a shell reads, such as /etc/sysconfig/qpidd, means the same as far as it holds plain assignments.
 */
export function readEnvironmentFile(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (let at = skip(/[ \t\r\n]*/y, text, 0); at < text.length; at = skip(/[ \t\r\n]*/y, text, at)) {
    if (text[at] === '#' || text[at] === ';') {
      at = skip(/(?:\\\r?\n|[^\n])*/y, text, at);
      continue;
    }
    const end = skip(/[^=\n]*/y, text, at);
    if (text[end] !== '=') {
      at = end;
      continue;
    }
    const name = text.slice(at, end).trimEnd();
    const value = assigned(text, skip(/[ \t]*/y, text, end + 1));
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) variables.set(name, value.text);
    at = value.end;
  }
  return variables;
}

function skip(what: RegExp, text: string, at: number): number {
  what.lastIndex = at;
  return what.test(text) ? what.lastIndex : at;
}

/** A piece of a value: in single quotes, in double quotes, or a letter after a backslash. */
const piece = /'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|\\(\r?\n|[\s\S]|$)/y;

function assigned(text: string, start: number): { readonly text: string; readonly end: number } {
  let value = '';
  /** So much of the value is kept even where it ends in blanks. */
  let kept = 0;
  let at = start;
  while (at < text.length && text[at] !== '\n') {
    piece.lastIndex = at;
    const match = piece.exec(text);
    if (match === null) {
      value += text[at];
      at += 1;
      if (!/[ \t\r]$/.test(value)) kept = value.length;
      continue;
    }
    const [whole, single, double, escaped = ''] = match;
    value += single ?? withoutEscapes(double) ?? (escaped.endsWith('\n') ? '' : escaped);
    kept = value.length;
    at += whole.length;
  }
  return { text: value.slice(0, kept), end: at };
}

/** Within double quotes a backslash stays before all but a few letters. */
function withoutEscapes(text: string | undefined): string | undefined {
  return text?.replace(/\\(\r?\n|["\\`$])/g, (_, letter: string) => (letter.endsWith('\n') ? '' : letter));
}
