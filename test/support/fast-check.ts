/**
 * fast-check with one seed for everybody, so that a run that fails on one machine fails on all, and one that passes
 * is no luck. `PROPERTY_SEED=random` looks for what no run has seen yet; a number repeats such a run.
 */
import fc from 'fast-check';

const { PROPERTY_SEED: seed = '1' } = process.env;
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

export default fc;
