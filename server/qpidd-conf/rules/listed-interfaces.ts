import type { Setting } from '../model';
import { withoutQuotes } from '../values/meant';

/** What a value of `interface` means, without brackets: a list and quotes are findings of their own. */
export function listed({ text }: Setting): readonly string[] {
  const inner = withoutQuotes(text) ?? text;
  return inner.split(',').map((part) => part.trim().replace(/^\[(.*)\]$/, '$1'));
}
