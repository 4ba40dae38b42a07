import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokerKinds } from '../../support/brokers';
import {
  browse,
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
import type { Workbench } from './workbench';

let pair: Pair;

/** The queue that a rebuild has moved old content to. */
async function asideQueues(): Promise<readonly string[]> {
  const { qmf } = await pair.replica.connection();
  const queues = await qmf.objects('queue');
  return queues.map(({ values }) => String(values.name)).filter((name) => name.startsWith('myqueue.20'));
}

export const verbsScenario: Scenario = {
  title: 'verbs that compare, change and watch',
  workspaceTrust: false,
  async prepare({ folder }) {
    // A real broker where there is one: on embedded brokers the other scenarios run.
    pair = await startPair(brokerKinds.at(-1) ?? 'embedded');
    await createQueue(pair.origin, 'myqueue');
    await send(pair.origin, 'myqueue', numbered(200));
    writeFileSync(join(folder, 'live.qpid.yaml'), manifestOf(pair));
    return () => pair.stop();
  },
  steps: {
    'a plan is shown beside the manifest, and offers to be applied': async ({ workbench }) => {
      await workbench.openFile('live.qpid.yaml');
      await workbench.codeLens('Verify').waitFor();
      await workbench.run('Qpid HA: Show Plan of Manifest');
      await workbench.notification('1 to start').waitFor();
      await workbench.line('myqueue: node1 → node2').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('60-plan');
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
    },
    'applying it asks once more, and starts the replication': async ({ workbench }) => {
      await workbench.notification('1 to start').locator('a', { hasText: 'Apply' }).first().click();
      await workbench.dialog('It holds no danger').waitFor();
      await workbench.screenshot('61-apply');
      await workbench.pressInDialog('Apply');
      await workbench.notification('1 done').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('62-applied');
      assert.equal(await depth(pair.replica, 'myqueue'), 200);
      await workbench.clearNotifications();
    },
    'the code lens compares both queues': async ({ workbench }) => {
      await workbench.codeLens('Verify').click();
      await workbench.notification(/equal, 200 messages/).waitFor();
      await workbench.progressGone();
      await workbench.screenshot('63-verified');
      await workbench.clearNotifications();
    },
    'a watch tells of a replication that somebody stops, with the next command as a button': async ({
      workbench,
    }) => {
      await workbench.line('queue: myqueue').click();
      await workbench.run('Qpid HA: Watch Manifest');
      await workbench.choice('Tell and heal').waitFor();
      await workbench.screenshot('64-watch');
      await workbench.page.keyboard.press('Enter');
      await workbench.output('1 replication, of which 1 runs').waitFor();
      await workbench.line('queue: myqueue').click();
      await workbench.run('Qpid HA: Stop Replication');
      await workbench.notification('is absent').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('65-watched');
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
      await workbench.run('Qpid HA: Stop Watching');
      await workbench.notification('no longer watches').waitFor();
    },
    'rebuilding, from that button, names the risk and does nothing when one declines': async ({
      workbench,
    }) => {
      await send(pair.replica, 'myqueue', ['a stranger']);
      await workbench.notification('is absent').locator('a', { hasText: 'Rebuild' }).first().click();
      await workbench.choice('Move it aside').waitFor();
      await workbench.screenshot('66-old-content');
      await workbench.page.keyboard.press('Enter');
      await workbench.dialog('What the replica queue holds is moved aside').waitFor();
      await workbench.screenshot('67-rebuild-danger');
      await workbench.pressInDialog('Cancel');
      await workbench.progressGone();
      assert.deepEqual(await asideQueues(), []);
      assert.equal(await depth(pair.replica, 'myqueue'), 201);
      await workbench.clearNotifications();
    },
    'accepting it by name moves the old content aside, and starts anew': async ({ workbench }) => {
      await workbench.line('queue: myqueue').click();
      await workbench.run('Qpid HA: Rebuild Replica');
      await workbench.choice('Move it aside').waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.pressInDialog('Accept "replaced-content"');
      await workbench.notification('is rebuilt').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('68-rebuilt');
      const [aside = ''] = await asideQueues();
      assert.equal(await depth(pair.replica, aside), 201);
      await eventually('it runs again', async () => (await depth(pair.replica, 'myqueue')) === 200);
      await workbench.clearNotifications();
    },
    'a plan with a danger names it, and is not carried out unless that is accepted': async ({
      workbench,
    }) => {
      await workbench.run('Qpid HA: Stop Replication');
      await workbench.notification('is stopped').waitFor();
      await workbench.progressGone();
      await workbench.clearNotifications();
      await workbench.run('Qpid HA: Apply Manifest');
      await workbench.dialog('replaced-content ("myqueue" on node2)').waitFor();
      await workbench.screenshot('69-apply-dangers');
      await workbench.pressInDialog('Apply');
      await workbench.dialog('Or accept the danger "replaced-content"').waitFor();
      await workbench.screenshot('70-apply-danger');
      await workbench.pressInDialog('Cancel');
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
      await workbench.run('Qpid HA: Apply Manifest');
      await workbench.pressInDialog('Apply');
      await workbench.pressInDialog('Accept "replaced-content"');
      await workbench.notification('1 done').waitFor();
      await workbench.progressGone();
      assert.equal((await asideQueues()).length, 2);
      await workbench.clearNotifications();
    },
    'cutting over meets the danger of a producer, by its name': async ({ workbench }) => {
      const sender = await (await pair.origin.connection()).openSender('myqueue');
      await workbench.line('queue: myqueue').click();
      await workbench.run('Qpid HA: Cut Over to Replica');
      await workbench.dialog('Move the work of "myqueue" to node2').waitFor();
      await workbench.screenshot('71-cut-over');
      await workbench.pressInDialog('Cut Over');
      await workbench.dialog('What producers still send to the origin').waitFor();
      await workbench.screenshot('72-producers');
      await workbench.pressInDialog('Accept "producers-active"');
      await workbench.notification('is cut over').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('73-cut-over');
      await sender.close();
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
      assert.deepEqual(await browse(pair.replica, 'myqueue'), numbered(200));
    },
    'stopping with options drains, and leaves a queue that may be an origin': async ({ workbench }) => {
      await rebuildFromPalette(workbench);
      await workbench.run('Qpid HA: Stop Replication with Options');
      await workbench.choice('Drain').click();
      await workbench.choice('Keep usable').click();
      await workbench.screenshot('74-stop-options');
      await workbench.page.keyboard.press('Enter');
      await workbench.notification('it may be an origin').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('75-stopped-usable');
      assert.deepEqual(await piecesOn(pair.replica, 'myqueue'), []);
      await workbench.clearNotifications();
    },
    'reversing makes the replica the origin': async ({ workbench }) => {
      await rebuildFromPalette(workbench);
      await workbench.run('Qpid HA: Reverse Replication');
      await workbench.choice('Move it aside').waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.dialog('Make node2 the origin of "myqueue"').waitFor();
      await workbench.screenshot('76-reverse');
      await workbench.pressInDialog('Reverse');
      await workbench.notification('is replicated').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('77-reversed');
      await send(pair.replica, 'myqueue', ['later']);
      await eventually('it goes back', async () => (await depth(pair.origin, 'myqueue')) === 201);
    },
  },
};

async function rebuildFromPalette(workbench: Workbench): Promise<void> {
  await workbench.clearNotifications();
  await workbench.line('queue: myqueue').click();
  await workbench.run('Qpid HA: Rebuild Replica');
  await workbench.choice('Move it aside').waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.pressInDialog('Accept "replaced-content"');
  await workbench.notification('is rebuilt').waitFor();
  await workbench.progressGone();
  await workbench.clearNotifications();
}
