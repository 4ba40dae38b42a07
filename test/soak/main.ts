/**
 * Rounds of start, stop and rebuild under traffic: `npm run soak -- --cycles 500 --faults`. On real brokers where
 * `QPIDD` names one, else on embedded ones. Ends at the first thing that does not hold.
 */
import { parseArgs } from 'node:util';
import { brokerKinds } from '../support/brokers';
import { startPair } from '../support/replication';
import { Cycle, faults, type Tally } from './cycle';

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '500' },
    faults: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
  },
});
const cycles = Number(values.cycles);
const kind = brokerKinds.at(-1) ?? 'embedded';
const tally: Tally = { verbs: 0, compared: 0, attempts: 0 };
const begun = performance.now();
const pair = await startPair(kind, { store: values.store });
try {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const fault = values.faults ? faults[cycle % faults.length] : undefined;
    const queue = `soak-${cycle}`;
    try {
      await new Cycle({ pair, queue, store: values.store }, tally).run(fault);
    } catch (error) {
      console.error(
        `cycle ${cycle + 1}, fault: ${fault === undefined ? 'none' : `${fault.how} the ${fault.broker}`}`,
      );
      throw error;
    }
    if ((cycle + 1) % 10 === 0) report(cycle + 1);
  }
  report(cycles);
} finally {
  await pair.stop();
}

function report(done: number): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(
    `${done} cycles on ${kind}: ${tally.verbs} verbs, ${tally.attempts} rebuilds, ${tally.compared} messages equal, ${seconds} s`,
  );
}
