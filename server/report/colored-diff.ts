import type { ReportColors } from './text';
import { visible } from './visible';

/** A unified diff for a person at a terminal: what that would obey is spelled out, so that it is no patch any more. */
export function colored(diff: string, { bold, dim, red, green }: ReportColors): string {
  const paint = (line: string, index: number): string => {
    const shown = line.split('\t').map(visible).join('\t');
    if (index < 2) return bold(shown);
    if (line.startsWith('@@')) return dim(shown);
    if (line.startsWith('-')) return red(shown);
    return line.startsWith('+') ? green(shown) : shown;
  };
  // A carriage return at the end of a line is all the same in both.
  return diff
    .split('\n')
    .map((line, index) => paint(line.replace(/\r$/, ''), index))
    .join('\n');
}
