import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  consume,
  createQueue,
  depth,
  eventually,
  numbered,
  type Pair,
  piecesOn,
  send,
  startPair,
} from '../../support/replication';
import { manifestOf } from '../manifest';
import type { Scenario } from './scenario';

let pair: Pair;

export const trustedScenario: Scenario = {
  title: 'trusted workspace',
  workspaceTrust: false,
  async prepare({ folder }) {
    pair = await startPair('embedded');
    await createQueue(pair.origin, 'myqueue');
    await send(pair.origin, 'myqueue', numbered(1000));
    writeFileSync(join(folder, 'live.qpid.yaml'), manifestOf(pair));
    return () => pair.stop();
  },
  steps: {
    'a broken qpidd.conf is underlined': async ({ workbench }) => {
      await workbench.openFile('node2/qpidd.conf');
      await workbench.squiggle('error').waitFor();
      await workbench.screenshot('01-squiggle');
    },
    'the mouse over an option explains it': async ({ workbench }) => {
      await workbench.pointAt('auth=no');
      await workbench.hover('auth').waitFor();
      await workbench.screenshot('02-hover');
      await workbench.page.keyboard.press('Escape');
    },
    'the list of problems names the rule, in both files': async ({ workbench }) => {
      await workbench.run('Problems: Focus on Problems View');
      await workbench.problem('queue-replication-off').waitFor();
      await workbench.screenshot('03-problems');
      await workbench.page.keyboard.press('Control+J');
    },
    'the light bulb cures it': async ({ workbench }) => {
      await workbench.placeCursorAtSquiggle('error');
      await workbench.page.keyboard.press('Control+.');
      await workbench.quickFix('ha-queue-replication=yes').waitFor();
      await workbench.screenshot('04-light-bulb');
      await workbench.page.keyboard.press('Enter');
      await workbench.line('ha-queue-replication=yes').waitFor();
      await workbench.squiggle('error').waitFor({ state: 'detached' });
      await workbench.screenshot('05-cured');
    },
    'options are proposed while one types': async ({ workbench }) => {
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.type('ha-b');
      await workbench.suggestion('ha-brokers-url').waitFor();
      await workbench.screenshot('06-completion');
      await workbench.page.keyboard.press('Escape');
      await workbench.run('File: Revert File');
    },
    'a manifest offers to start, stop and look at its replication': async ({ workbench }) => {
      await workbench.openFile('live.qpid.yaml');
      await workbench.codeLens('Start').waitFor();
      await workbench.screenshot('07-code-lens');
    },
    'starting it from there copies the queue': async ({ workbench }) => {
      await workbench.codeLens('Start').click();
      await workbench.notification('Starting replication of "myqueue"').waitFor();
      await workbench.screenshot('08-progress');
      await workbench.notification('is running').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('09-started');
      await eventually('the replica has it all', async () => (await depth(pair.replica, 'myqueue')) === 1000);
      await consume(pair.origin, 'myqueue', 300);
      await eventually('it follows', async () => (await depth(pair.replica, 'myqueue')) === 700);
    },
    'the message leads to the status': async ({ workbench }) => {
      await workbench.notification('is running').locator('a', { hasText: 'Show Status' }).first().click();
      await workbench.notification(/in step, 700 messages/).waitFor();
      await workbench.progressGone();
      await workbench.screenshot('10-status');
      await workbench.clearNotifications();
    },
    'stopping it from the palette leaves nothing of it behind': async ({ workbench }) => {
      await workbench.line('queue: myqueue').click();
      await workbench.run('Qpid HA: Stop Replication');
      await workbench.notification('is stopped').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('11-stopped');
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
      await send(pair.origin, 'myqueue', numbered(5, 'after'));
      assert.equal(await depth(pair.origin, 'myqueue'), 705);
      assert.equal(await depth(pair.replica, 'myqueue'), 700);
      await workbench.clearNotifications();
    },
    'a start that would lose messages is refused, with the reason': async ({ workbench }) => {
      await workbench.run('Qpid HA: Start Replication');
      await workbench.notification('was not started').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('12-refused');
      await workbench.clearNotifications();
    },
    'without a manifest it asks for queue and addresses, and checks them': async ({ workbench }) => {
      await workbench.run('View: Close All Editors');
      await workbench.run('Qpid HA: Show Replication Status');
      await workbench.answer('Show Replication Status (1/2)', 'myqueue');
      await workbench.typeInto('Show Replication Status (2/2)', 'amqp://h1;h2');
      await workbench.page.locator('.quick-input-message', { hasText: 'Not an address' }).first().waitFor();
      await workbench.screenshot('13-address');
      await workbench.answer('Show Replication Status (2/2)', `127.0.0.1:${pair.replica.port}`);
      await workbench.notification('replicates "myqueue"').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('14-status-by-address');
      await workbench.clearNotifications();
    },
    'a broker that says nothing need not be waited for': async ({ workbench }) => {
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const address = silent.address();
      assert.ok(typeof address === 'object' && address !== null);
      await workbench.run('Qpid HA: Stop Replication');
      await workbench.answer('Stop Replication (1/2)', 'myqueue');
      await workbench.answer('Stop Replication (2/2)', `127.0.0.1:${address.port}`);
      await workbench
        .notification('Stopping')
        .locator('.monaco-button', { hasText: 'Cancel' })
        .first()
        .click();
      await workbench.notification('cancelled').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('15-cancelled');
      silent.close();
    },
  },
};
