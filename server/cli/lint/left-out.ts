import type { CheckedProject } from '../../lint/checked';
import type { NameOf } from '../../report/place';
import { visible } from '../../report/visible';

/** What there was and was not looked at, each in a sentence of one line. */
export function leftOutOf(
  { complete, leftOut, subjects }: Pick<CheckedProject, 'complete' | 'leftOut' | 'subjects'>,
  nameOf: NameOf,
): readonly string[] {
  const { closed, unnameable } = leftOut;
  const [first] = closed;
  return [
    ...(complete
      ? []
      : [
          `there are too many files to look at all: the search found ${subjects.size} to check, and ended early. Name folders, or let .gitignore pass some over.`,
        ]),
    ...(first === undefined ? [] : [closedLine(visible(nameOf(first)), closed.size - 1)]),
    ...(unnameable === 0
      ? []
      : [
          `${unnameable} ${unnameable === 1 ? 'file or folder was' : 'files and folders were'} left out: the name is no UTF-8.`,
        ]),
  ];
}

function closedLine(name: string, others: number): string {
  const more = others === 0 ? '' : ` and ${others} more ${others === 1 ? 'folder' : 'folders'}`;
  return `${name}${more} left out: permissions forbid to look into ${others === 0 ? 'it' : 'them'}.`;
}
