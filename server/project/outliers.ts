import type { ConfDocument } from '../qpidd-conf/model';
import type { Member } from './members';
import type { Project } from './project';

/** A member that differs from others in something that should be equal. */
export interface Outlier<Value> {
  readonly member: Member;
  readonly value: Value;
  /** One of those it differs from. */
  readonly reference: Member;
  readonly expected: Value;
  /** True where it stands alone, and all others, two or more, agree: then it is the one that is wrong. */
  readonly alone: boolean;
}

interface Group<Value> {
  readonly value: Value;
  readonly members: Member[];
}

/**
 * The members that differ from most others; where there is no majority, from those that are not asked for, or else
 * from the first.
 *
 * @param read what should be equal; undefined where it is not known, or wrong for a reason of its own.
 */
export function outliers<Value>(
  { subjects }: Project,
  members: readonly Member[],
  read: (conf: ConfDocument) => Value | undefined,
  same: (one: Value, other: Value) => boolean = Object.is,
): readonly Outlier<Value>[] {
  const groups: Group<Value>[] = [];
  for (const member of members) {
    const value = read(member.conf);
    if (value === undefined) continue;
    const group = groups.find((known) => same(known.value, value));
    if (group === undefined) groups.push({ value, members: [member] });
    else group.members.push(member);
  }
  const most = Math.max(...groups.map((group) => group.members.length));
  const largest = groups.filter((group) => group.members.length === most);
  const [usual] = [
    ...largest.filter((group) => group.members.some(({ conf }) => !subjects.has(conf.source.uri))),
    ...largest,
  ];
  const reference = usual?.members[0];
  if (usual === undefined || reference === undefined) return [];
  const others = groups.filter((group) => group !== usual);
  const alone = most > 1 && others.length === 1 && others[0]?.members.length === 1;
  return others.flatMap((group) =>
    group.members.map((member) => ({ member, value: group.value, reference, expected: usual.value, alone })),
  );
}
