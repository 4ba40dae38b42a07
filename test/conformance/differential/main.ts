/**
 * `npm run conformance -- --files 10000 [--seed N] [--jobs N]`: would a real broker start with this file? Random
 * files are given to the broker of QPIDD and to the linter, and the answers are compared. A disagreement is shrunk
 * to its smallest form and becomes a fixture, which the ordinary tests replay without a broker. With `--every` the
 * files are not random: one for each edge of each option.
 *
 * Exits 0 when there is no disagreement, 1 when there is one, 2 when there is no broker to ask.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type Broker, brokerFromEnvironment } from './broker';
import { type Comparison, compare, reasonIn } from './compare';
import { writeFound } from './found';
import { anyFile, everySingle } from './generate';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: '2' },
    every: { type: 'boolean', default: false },
  },
});
const singles = values.every ? everySingle() : undefined;
const files = singles?.length ?? Number(values.files);
const seed = Number(values.seed);
const jobs = Number(values.jobs);

const tally: Record<Comparison['result'] | 'started', number> = {
  agree: 0,
  machine: 0,
  hung: 0,
  'false-alarm': 0,
  missed: 0,
  started: 0,
};
let next = 0;

/** A seed for each file, so that the files do not depend on how many jobs share them. */
function seedOf(index: number): number {
  let mixed = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const disagrees = (result: Comparison['result']) => result === 'false-alarm' || result === 'missed';

async function tryOne(broker: Broker, index: number): Promise<void> {
  let first: Comparison | undefined;
  let shown: string | undefined;
  let smallest: { bytes: Buffer; comparison: Comparison } | undefined;
  const property = fc.asyncProperty(anyFile, async (bytes) => {
    const comparison = await compare(broker, bytes);
    first ??= comparison;
    shown ??= JSON.stringify(bytes.toString('latin1'));
    // A smaller file shows the same fault only if it errs in the same direction.
    if (!disagrees(comparison.result) || comparison.result !== first.result) return true;
    smallest = { bytes, comparison };
    return false;
  });
  const single = singles?.[index];
  if (single === undefined)
    await fc.check(property, { seed: seedOf(index), numRuns: 1, interruptAfterTimeLimit: 60_000 });
  else await property.run([single]);
  if (first === undefined) return;
  if (first.result === 'hung') console.log(`\nNo answer to ${shown}: ${reasonIn(first.words)}`);
  tally[first.result] += 1;
  if (first.starts) tally.started += 1;
  if (smallest !== undefined) tell(smallest.bytes, smallest.comparison);
}

function tell(bytes: Buffer, comparison: Comparison): void {
  const { result, words, errors } = comparison;
  console.log(
    result === 'missed'
      ? '\nThe broker refuses, the linter is silent:'
      : '\nThe broker starts, the linter errs:',
  );
  console.log(`  ${JSON.stringify(bytes.toString('latin1'))}`);
  console.log(`  ${result === 'missed' ? reasonIn(words) : errors.join('\n  ')}`);
  console.log(`  ${writeFound(bytes, comparison)}`);
}

function figure(): string {
  const { agree, machine, hung, missed, started, 'false-alarm': alarms } = tally;
  const all = agree + machine + hung + missed + alarms;
  return `${all} files, ${started} start, ${machine} decided by the machine, ${hung} without an answer, ${missed} missed, ${alarms} false alarms, ${singles === undefined ? `seed ${seed}` : 'one for each edge'}`;
}

async function job(broker: Broker): Promise<void> {
  while (next < files) {
    const index = next;
    next += 1;
    await tryOne(broker, index);
    if ((index + 1) % 250 === 0) console.log(figure());
  }
}

const broker = brokerFromEnvironment();
if (typeof broker === 'string') {
  console.error(broker);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await Promise.all(Array.from({ length: jobs }, () => job(broker)));
console.log(figure());
process.exit(tally.missed + tally['false-alarm'] > 0 ? 1 : 0);
