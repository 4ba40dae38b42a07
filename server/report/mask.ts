import type { LintReport } from '../lint/lint-report';
import type { TextEdit } from '../text/edit';
import { type Span, span } from '../text/span';

/** Misspelt, too: `pasword`, `pswd`, `passowrd`, `pas!word`. */
const secretWord = 'p[^\\s=:]{0,2}ss?[^\\s=:]{0,2}w[^\\s=:]{0,2}d|passphrase|secret';

/** A key that says that a secret follows, within the first characters of a line. */
const secretKey = new RegExp(
  `^[^\\n]{0,200}?(?:${secretWord})[\\w-]*["']?[ \\t]*[=:][ \\t]*|^[ \\t]*-*[\\w.-]{0,100}(?:${secretWord})[\\w-]*[ \\t]+`,
  'i',
);

/** `user:password@` or `user/password@`, after a scheme or not. */
const login = /(?:amqps?:\/\/)?([^\s"'=,[{@/:]{0,200}[/:][^\s"',@]{0,500}@)/dg;

/**
 * Where a line holds what no report may show, as far as its text tells: on lines that are too broken to be
 * settings as well.
 *
 * @param part the part of the line that is to be shown; offsets, in and out, are those of the line.
 */
export function secretsInLine(line: string, part: Span): readonly Span[] {
  const key = secretKey.exec(line.slice(0, 400))?.[0];
  if (key !== undefined) return [span(key.length, line.length)];
  // A login that reaches into the part from either side is at most this long.
  const from = Math.max(0, part.start - 800);
  const nearby = line.slice(from, part.end + 800);
  return [...nearby.matchAll(login)].flatMap(({ indices }) => {
    const [start, end] = indices?.[1] ?? [0, 0];
    return start === end ? [] : [span(from + start, from + end - 1)];
  });
}

/** Stands for a secret. */
export const mask = '••••••';

/** A single line with a mask in place of each secret. */
export function withoutSecrets(line: string): string {
  return secretsInLine(line, span(0, line.length)).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + mask + rest.slice(end),
    line,
  );
}

/** True for an edit that writes a secret of its file again. */
export function repeatsSecret({ uri, span, newText }: TextEdit, { secrets }: LintReport): boolean {
  if (newText === '') return false;
  const known = secrets.get(uri) ?? [];
  if (known.some(({ start, end }) => start < span.end && span.start < end)) return true;
  return newText
    .split('\n')
    .some((line) =>
      secretsInLine(line, { start: 0, end: line.length }).some(({ start, end }) => start < end),
    );
}
