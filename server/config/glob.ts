import picomatch from 'picomatch/posix';

/** A pattern for paths below the folder of the configuration. */
export interface Glob {
  readonly text: string;
  /** @param path relative to that folder, with `/`, such as `east/qpidd.conf`. */
  matches(path: string): boolean;
}

const maximumLength = 500;

/** With more of them a long name could take for ever to compare. */
const maximumStars = 3;

/** `text` without what says nothing: a leading `./`. */
function plain(text: string): string {
  return text.replace(/^(?:\.\/)+/, '');
}

/**
 * A glob, or why a text is none; a full sentence.
 *
 * A glob without a slash fits names in every folder, and one that fits a folder fits all that is in it, as in a
 * `.gitignore`.
 */
export function parseGlob(text: string): Glob | string {
  const written = plain(text);
  const fault = faultOf(written);
  if (fault !== undefined) return fault;
  const path = written.replace(/\/+$/, '');
  const anywhere = path.includes('/') ? path : `**/${path}`;
  const patterns = path === written ? [anywhere, `${anywhere}/**/*`] : [`${anywhere}/**/*`];
  try {
    const matchers = patterns.map((pattern) =>
      picomatch(pattern, { dot: true, noextglob: true, nonegate: true, strictBrackets: true }),
    );
    return { text, matches: (candidate) => matchers.some((matcher) => matcher(candidate)) };
  } catch {
    return 'This is no glob: is a bracket or a brace not closed?';
  }
}

function faultOf(text: string): string | undefined {
  if (text.length > maximumLength) return `This glob is too long: the limit is ${maximumLength} characters.`;
  if (text.startsWith('!')) return 'A glob cannot begin with "!".';
  if (/^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)/.test(text) || /^\/*$/.test(text)) {
    return 'A glob is relative to the folder of this file, and names something in it.';
  }
  if (text.includes('\\')) return 'In a glob folders are separated by "/", not by a backslash.';
  const folders = text.match(/\*\*/g)?.length ?? 0;
  const inOneName = text.split('/').map((name) => name.replaceAll('**', '').match(/\*/g)?.length ?? 0);
  if (folders > maximumStars || Math.max(...inOneName) > maximumStars) {
    return `A glob can have no more than three "**", and no more than three "*" in one name.`;
  }
  return undefined;
}
