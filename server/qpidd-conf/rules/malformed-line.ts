import type { Fix } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import { type Span, span } from '../../text/span';
import type { Malformed, MalformedCause, MeantSetting } from '../malformed';
import type { ConfDocument } from '../model';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const malformedLine: Rule<ConfDocument> = {
  id: 'conf/malformed-line',
  title: 'Line that is neither a setting nor a comment',
  severity: 'error',
  why: 'Every line is blank, a comment that begins with `#`, or `option=value`. The broker knows no sections, no `;` or `//` comments, no continuation lines, no `key: value`, and no option without `=`: it refuses to start with `Bad argument: |line|`, without a line number.\n\nA file with CRLF line ends works, but for its empty lines: what is left of them is a carriage return, which is not blank to the broker.',
  source: 'Options.cpp configFileLine; measured',
  bad: [
    bad('auth\n', 'auth=yes\n'),
    bad('  tcp-nodelay # low latency\n', 'tcp-nodelay=yes # low latency\n'),
    bad('port: 5672\n', 'port=5672\n'),
    bad('port 5672\n', 'port=5672\n'),
    bad('; HA settings\nport=5672\n', '# HA settings\nport=5672\n'),
    bad('// port=5672\n', '# port=5672\n'),
    bad('[broker]\nport=5672\n', '# [broker]\nport=5672\n'),
    bad('port=5672\r\n\r\nauth=no\r\n \r\n', 'port=5672\r\n#\r\nauth=no\r\n# \r\n'),
    bad('port=5672\n\u00a0\n', 'port=5672\n\n'),
    bad('log-prefix=a\\\nb\n'),
    bad('<<<<<<< HEAD\nport=5672\n=======\nauth=no\n>>>>>>> theirs\n'),
    bad('port\n'),
    bad('=5672\n'),
    bad('port # =5672\n'),
    bad('The broker of node 1\n'),
  ],
  good: [good('port=5672\n'), good('\n \t\n# comment\n\t# comment\n'), good('port=5672\r\n# comment\r\n')],
  check(document, report) {
    const returns = document.malformed.filter(({ cause }) => cause === 'carriage-return');
    reportEach(document, report, returns.slice(0, 1), (malformed) =>
      emptyLines(document, malformed, returns),
    );
    const others = document.malformed.filter(({ cause }) => cause !== 'carriage-return');
    reportEach(document, report, others, (malformed) => ({
      uri: document.source.uri,
      span: malformed.line.content,
      message: messages[malformed.cause],
      ...cure(document, malformed),
    }));
  },
};

/** All of them have one cause, the line ends of the file, and one cure. */
function emptyLines(document: ConfDocument, first: Malformed, all: readonly Malformed[]): FindingDraft {
  const which = all.length === 1 ? 'This empty line is not empty' : `${all.length} empty lines are not empty`;
  return {
    uri: document.source.uri,
    span: first.line.content,
    message: `${which} to the broker: a carriage return is left of its CRLF line end, and the broker refuses to start. Save the file with LF line ends, or make such lines comments.`,
    fix: fixBy(
      all.length === 1 ? 'Make the empty line a comment' : 'Make the empty lines comments',
      ...all.map(({ line }) => replacement(document, span(line.span.start, line.span.start), '#')),
    ),
  };
}

const messages: Readonly<Record<MalformedCause, string>> = {
  'carriage-return': 'The broker refuses this line: a carriage return is not blank to it.',
  invisible: 'This line holds invisible characters that are not blank to the broker, which refuses to start.',
  continuation:
    'There is no continuation line: a backslash at the end of the line before is part of that value, and the broker refuses this line. Write the value on one line.',
  'merge-marker': 'This is a marker of an unresolved merge conflict. The broker refuses to start.',
  semicolon: 'A comment begins with "#". The broker takes ";" for a part of an option and refuses to start.',
  slashes: 'A comment begins with "#". The broker takes "//" for a part of an option and refuses to start.',
  section: 'The broker knows no sections and refuses to start: remove the header, or make it a comment.',
  'no-key': 'The name of an option is missing before "=". The broker refuses to start.',
  'bare-switch':
    'The broker refuses an option without "=" in a file, a switch included: write "=yes" after it.',
  'bare-option': 'The broker refuses an option without "=": write "=" and a value after it.',
  colon: 'The broker refuses ":" between option and value: write "=".',
  'no-equals': 'The broker refuses a blank between option and value: write "=".',
  'hash-in-key':
    'A "#" before "=" does not begin a comment: the broker takes it for a part of the name and refuses to start.',
  other: 'The broker refuses this line, which is neither "option=value" nor a comment with "#".',
};

function cure(document: ConfDocument, { line, cause, meant }: Malformed): { readonly fix?: Fix } {
  const replace = (title: string, where: Span, newText: string) => ({
    fix: fixBy(title, replacement(document, where, newText)),
  });
  const { start } = line.content;
  switch (cause) {
    case 'semicolon':
      return replace('Begin the comment with "#"', commentSign(document, line.span.start, start, 1), '#');
    case 'slashes':
      return replace('Begin the comment with "#"', commentSign(document, line.span.start, start, 2), '#');
    case 'section':
      return replace('Make the header a comment', commentSign(document, line.span.start, start, 0), '# ');
    case 'invisible':
      // A file without a single byte is refused as well.
      return replace(
        'Remove the invisible characters',
        line.span,
        line.span.end - line.span.start === document.source.text.length ? '\n' : '',
      );
    case 'bare-switch':
    case 'colon':
    case 'no-equals':
      // Where a carriage return has run lines together, it is not certain what belongs to the value.
      return meant === undefined || innerCarriageReturn(document, line.span)
        ? {}
        : replace('Write "=" after the option', span(line.span.start, meant.value.start), assignment(meant));
    case 'carriage-return':
    case 'continuation':
    case 'merge-marker':
    case 'no-key':
    case 'bare-option':
    case 'hash-in-key':
    case 'other':
      return {};
  }
}

function innerCarriageReturn({ source }: ConfDocument, { start, end }: Span): boolean {
  return source.text.slice(start, end).trimEnd().includes('\r');
}

function assignment({ option, value, text }: MeantSetting): string {
  return `${option.name}=${value.start === value.end ? text : ''}`;
}

/** The sign to replace, together with what stands before it where that is not blank to the broker. */
function commentSign(document: ConfDocument, lineStart: number, start: number, length: number): Span {
  const blank = /^[ \t]*$/.test(document.source.text.slice(lineStart, start));
  return span(blank ? start : lineStart, start + length);
}
