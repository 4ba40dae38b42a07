/** Stands for all rules, where an `enable` names none. No word of a comment is empty. */
export const everyRule = '';

/** Whether a name in a suppression stands for a rule, or for another such name: `ha/*` for `ha/both-modes`. */
export function covers(name: string, rule: string): boolean {
  if (name === rule || name === everyRule) return true;
  return isArea(name) && rule.startsWith(name.slice(0, -1));
}

/** Of a file that cannot be read at all nothing else is known: hidden, it would look like one without faults. */
const unreadable: ReadonlySet<string> = new Set(['manifest/syntax', 'config/syntax', 'conf/not-text']);

/** True for a rule that tells of a file that cannot be read at all. */
export function isUnreadable(rule: string): boolean {
  return unreadable.has(rule);
}

/** False for what is found about suppressions themselves, and about the project configuration, too. */
export function canBeHidden(rule: string): boolean {
  return !/^(?:suppression|config)\//.test(rule) && !unreadable.has(rule);
}

/** Names an area of rules rather than one. */
export function isArea(name: string): boolean {
  return name.length > 2 && name.endsWith('/*');
}
