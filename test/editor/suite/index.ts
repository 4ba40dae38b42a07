import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Called by VS Code inside its extension host. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  if (process.env.QPIDHA_EDITOR_MODE === 'restricted') require('./restricted');
  else require('./trusted');
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      report(runner.stats);
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    });
  });
}

/** The test run trusts these counts, not the exit code: VS Code exits with 0 when its extension host dies. */
function report(stats: Mocha.Stats | undefined): void {
  const file = process.env.QPIDHA_EDITOR_RESULTS;
  if (file === undefined || stats === undefined) return;
  const { passes: passed, failures: failed, pending: skipped } = stats;
  writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
}
