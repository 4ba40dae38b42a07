/**
 * What a verb does only when the operator has accepted it by name. One table: the engine refuses by it, the command
 * line takes its flags from it, and the docs list it. There is no flag that accepts everything.
 */
export type DangerVerb = 'stop --keep-usable' | 'rebuild' | 'cutover' | 'reverse' | 'apply' | 'watch';

export interface Danger {
  /** What is lost, or may be, as a sentence. */
  readonly risk: string;
  /** What makes the danger go away, as an imperative sentence. */
  readonly instead: string;
  readonly verbs: readonly DangerVerb[];
}

const table = {
  'producers-active': {
    risk: 'What producers still send to the origin after the replica was last compared with it stays on the origin alone.',
    instead: 'Stop the producers of the origin first.',
    verbs: ['cutover', 'reverse'],
  },
  'consumers-active': {
    risk: 'What consumers of the origin have in hand, or take after the replication has ended, is delivered once more from the replica.',
    instead: 'Stop the consumers of the origin first.',
    verbs: ['cutover', 'reverse'],
  },
  'origin-unreachable': {
    risk: 'Messages that the replica had not received are not on it, and nobody can tell how many they are.',
    instead: 'Bring the origin broker back first, or wait for it.',
    verbs: ['cutover'],
  },
  'queues-differ': {
    risk: 'The work goes on with the messages of the replica, which are not those of the origin.',
    instead: 'Find the cause of the difference first, or rebuild the replica.',
    verbs: ['cutover', 'reverse'],
  },
  'replica-producers': {
    risk: 'What others send to the replica queue while it is moved or created anew gets lost, or mixed with copies.',
    instead: 'Stop those producers, and remove the bindings that bring messages to the replica queue.',
    verbs: ['stop --keep-usable', 'cutover', 'reverse', 'rebuild'],
  },
  'replica-consumers': {
    risk: 'What others take from the replica queue is missing there, and is delivered a second time from the origin.',
    instead: 'Stop those consumers.',
    verbs: ['rebuild', 'reverse'],
  },
  'discard-content': {
    risk: 'The messages on the replica queue are deleted, also those that are nowhere else.',
    instead: 'Leave the old content moved aside, and delete that queue when you have looked at it.',
    verbs: ['rebuild', 'reverse'],
  },
  'replaced-content': {
    risk: 'What the replica queue holds is moved aside, and until all is copied anew the replica does not stand in for the origin.',
    instead: 'Look at the replica queue first, and move or remove its messages.',
    verbs: ['apply', 'watch'],
  },
  'unwanted-replication': {
    risk: 'A replication that no manifest wants ends: its replica gets nothing more.',
    instead: 'Add it to the manifest.',
    verbs: ['apply'],
  },
} as const satisfies Readonly<Record<string, Danger>>;

export type DangerId = keyof typeof table;

export const dangers: Readonly<Record<DangerId, Danger>> = table;

export const dangerIds = Object.keys(table) as readonly DangerId[];

/** Dangers that have a flag of their own, for they change what is done; the others are merely accepted. */
const flags: Partial<Readonly<Record<DangerId, string>>> = {
  'discard-content': '--discard',
  'replaced-content': '--rebuild',
  'unwanted-replication': '--prune',
};

/** `--accept producers-active` */
export function flagOf(id: DangerId): string {
  return flags[id] ?? `--accept ${id}`;
}

export function dangersOf(verb: DangerVerb): readonly DangerId[] {
  return dangerIds.filter((id) => dangers[id].verbs.includes(verb));
}

/** Those of a verb that `--accept` takes. */
export function acceptableOf(verb: DangerVerb): readonly DangerId[] {
  return dangersOf(verb).filter((id) => flags[id] === undefined);
}

export type Accepted = ReadonlySet<DangerId>;
