/**
 * Rounds that must all hold, on real brokers where `QPIDD` names one, else on embedded ones. Ends at the first thing
 * that does not. See CONTRIBUTING.md for what each kind of round does.
 */
import { parseArgs } from 'node:util';
import { brokerKinds } from '../support/brokers';
import { type Pair, startPair } from '../support/replication';
import { ApplyRound, type ApplyTally } from './apply-round';
import { Cycle, faults, type Tally } from './cycle';
import { type Random, randomOf } from './random';
import { watchFaults } from './watch-faults';
import { WatchRound, type WatchTally } from './watch-round';

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '500' },
    rounds: { type: 'string', default: 'cycles' },
    seed: { type: 'string', default: String(Date.now()) },
    faults: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
  },
});

interface Soak {
  /** One round; its number is from 0. Resolves with what befell it, for the report of a failure. */
  run(pair: Pair, number: number, random: Random): { readonly about: string; readonly over: Promise<void> };
  report(): string;
}

const { store } = values;

const soaks: Readonly<Record<string, () => Soak>> = {
  cycles() {
    const tally: Tally = { verbs: 0, compared: 0, attempts: 0 };
    return {
      run(pair, number) {
        const fault = values.faults ? faults[number % faults.length] : undefined;
        const about = `fault: ${fault === undefined ? 'none' : `${fault.how} the ${fault.broker}`}`;
        const queue = `soak-${number}`;
        return { about, over: new Cycle({ pair, queue, store }, tally).run(fault) };
      },
      report: () => `${tally.verbs} verbs, ${tally.attempts} rebuilds, ${tally.compared} messages equal`,
    };
  },
  watch() {
    const tally: WatchTally = { compared: 0, healed: 0, refused: 0, cleared: 0, aside: 0, longest: 0 };
    return {
      run(pair, number, random) {
        const fault = watchFaults[number % watchFaults.length] ?? watchFaults[0];
        const mayRebuild = random.below(4) > 0;
        const about = `${fault.name}, the watch may ${mayRebuild ? '' : 'not '}rebuild`;
        const round = new WatchRound({ pair, queue: `watched-${number}`, store, random }, tally);
        return { about, over: round.run(fault, mayRebuild) };
      },
      report: () =>
        `${tally.healed} healed by the watch, ${tally.refused} refused and rebuilt, ${tally.cleared} cleared, ${tally.compared} messages equal, ` +
        `${tally.aside} found aside, at most ${(tally.longest / 1000).toFixed(1)} s until all was well`,
    };
  },
  apply() {
    const tally: ApplyTally = { killed: 0, runs: 0, compared: 0, aside: 0, took: undefined };
    return {
      run(pair, number, random) {
        const round = new ApplyRound({ pair, name: `applied-${number}`, store, random }, tally);
        return { about: 'apply is killed', over: round.run() };
      },
      report: () =>
        `${tally.killed} killed on their way, ${tally.runs} runs afterwards, ${tally.compared} messages equal, ${tally.aside} found aside`,
    };
  },
};

const soak = soaks[values.rounds]?.();
if (soak === undefined) throw new Error(`--rounds is one of ${Object.keys(soaks).join(', ')}`);
const kind = brokerKinds.at(-1) ?? 'embedded';
const count = Number(values.cycles);
const random = randomOf(Number(values.seed));
const begun = performance.now();
console.log(`seed ${values.seed}`);
const pair = await startPair(kind, { store });
try {
  for (let number = 0; number < count; number += 1) {
    const { about, over } = soak.run(pair, number, random);
    try {
      await over;
    } catch (error) {
      console.error(`round ${number + 1}, ${about}`);
      throw error;
    }
    if ((number + 1) % 10 === 0) report(number + 1, soak);
  }
  report(count, soak);
} finally {
  await pair.stop();
}

function report(done: number, { report }: Soak): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${done} rounds on ${kind}: ${report()}, ${seconds} s`);
}
