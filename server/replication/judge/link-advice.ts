/** What to do about a link, by the broker's words for what went wrong. */
import type { LinkView } from '../observe/observe';

export interface Ends {
  readonly replica: string;
  readonly origin: string;
}

/** Most people look at their own login first: the link uses another. */
const ownLogin = ({ replica, origin }: Ends) =>
  `The link logs in at ${origin} with the ha-username, ha-password and ha-mechanism of ${replica}, not with your login`;

type Advice = (ends: Ends, words: RegExpExecArray) => string;

/** Recorded from a real broker; a text is cut at 128 characters. */
const table: readonly (readonly [words: RegExp, advice: Advice])[] = [
  [
    /Unsupported mechanism/,
    (ends) =>
      `${ownLogin(ends)}: set ha-mechanism in the qpidd.conf of ${ends.replica} to one that ${ends.origin} offers ` +
      '(with auth=no on the replica broker only PLAIN or ANONYMOUS work).',
  ],
  [
    /[Aa]uthentication failed/,
    (ends) =>
      `${ownLogin(ends)}: set them in the qpidd.conf of ${ends.replica} to a user that ${ends.origin} knows.`,
  ],
  [
    /ACL denied (\S+) creating a federation link/,
    (ends, [, user]) =>
      `${ownLogin(ends)}: allow "create link" and "consume queue" to ${user} in the ACL file of ${ends.origin}.`,
  ],
  [
    /denied by configured limit/,
    ({ origin }) => `Raise max-connections in the qpidd.conf of ${origin}, or close connections there.`,
  ],
  [
    /[Cc]losed by [Mm]anagement/,
    ({ origin }) => `Find out who closed the connection of the link on ${origin}.`,
  ],
  [
    /^Bad file descriptor/,
    ({ replica, origin }) =>
      `Check that ${replica} can resolve the name of ${origin}: it may be known only here.`,
  ],
  [/^Connection refused/, ({ origin }) => `Check that ${origin} runs, and its port.`],
];

export function adviceFor({ lastError }: LinkView, ends: Ends): string | undefined {
  for (const [pattern, advice] of table) {
    const words = pattern.exec(lastError);
    if (words !== null) return advice(ends, words);
  }
  return undefined;
}
