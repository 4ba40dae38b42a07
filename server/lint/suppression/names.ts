/** Stands for all rules, where an `enable` names none. No word of a comment is empty. */
export const everyRule = '';

/** Whether a name in a suppression stands for a rule, or for another such name: `ha/*` for `ha/both-modes`. */
export function covers(name: string, rule: string): boolean {
  if (name === rule || name === everyRule) return true;
  return isArea(name) && rule.startsWith(name.slice(0, -1));
}

/** The rules about suppressions themselves. */
export const suppressionArea = 'suppression/';

/** Names an area of rules rather than one. */
export function isArea(name: string): boolean {
  return name.length > 2 && name.endsWith('/*');
}
