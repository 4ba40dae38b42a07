/** What the exit codes of a command mean, in the order of the codes. */
export type ExitWords = readonly (readonly [code: number, words: string])[];

const misuse = [2, 'the command line, or a file named on it, cannot be used'] as const;
const fault = [3, 'a fault of qpidha itself'] as const;

const told = (ok: string): ExitWords => [[0, ok], misuse, fault];
const judged = (ok: string, bad: string): ExitWords => [[0, ok], [1, bad], misuse, fault];

const refused = 'one of them was refused, or failed, or a broker could not be asked';

const words: Readonly<Record<string, ExitWords>> = {
  lint: [
    [0, 'no findings at or above --fail-on'],
    [1, 'findings at or above --fail-on'],
    [2, 'the command line, a file named on it, or an output cannot be used'],
    fault,
  ],
  init: [
    [0, 'files were written, or with --dry-run shown'],
    [2, 'nothing was written: it is all there already, or cannot be written'],
    fault,
  ],
  explain: told('all of it was explained'),
  rules: told('the rules were listed'),
  effective: judged('the broker would start', 'the broker would not start'),
  test: [
    [0, 'every test passed'],
    [1, 'a test failed'],
    [2, 'a file of tests is wrong, or the command line cannot be used'],
    fault,
  ],
  start: judged('every replication runs, seen on both brokers', refused),
  stop: judged('every replication is stopped', refused),
  status: judged(
    'every replication is in step',
    'one of them needs attention, or a broker could not be asked',
  ),
  verify: judged('every replica is equal to its origin', 'one of them is not, or could not be compared'),
  rebuild: judged('every replica was copied anew', refused),
  cutover: judged('every queue was moved', refused),
  reverse: judged('every queue was moved, and is replicated the other way', refused),
  plan: [
    [0, 'nothing to do'],
    [1, 'something is blocked, or a broker could not be asked'],
    [2, 'changes are pending; or the command line, or a file named on it, cannot be used'],
    fault,
  ],
  apply: judged('the manifest is true', 'a step was refused, or failed'),
  watch: told('it was ended by Ctrl-C'),
  import: [
    [0, 'all was imported'],
    [1, 'something was seen that needs attention'],
    [2, 'a broker cannot be asked, or a file cannot be read or written'],
    fault,
  ],
  replicate: judged('the replication runs', 'it was refused, or failed, or a broker could not be asked'),
  add: judged('the queue is there', 'it was refused, or failed, or a broker could not be asked'),
  demo: judged('all went as it should', 'something did not'),
  broker: told('it was ended by Ctrl-C'),
  lsp: told('the editor ended it'),
  completion: told('the script was printed'),
};

/** Of the program as a whole. */
export const allExitWords: ExitWords = [
  [0, 'all is well, and what was asked for is true now'],
  [1, 'findings; or a replication that was refused, failed or is not in step'],
  misuse,
  fault,
];

/** What the exit codes of a command mean; in general words for a command that has no others. */
export function exitWordsOf(command: string): ExitWords {
  return words[command] ?? allExitWords;
}
