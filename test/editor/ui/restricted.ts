import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createQueue,
  depth,
  eventually,
  numbered,
  type Pair,
  send,
  startPair,
} from '../../support/replication';
import { manifestOf } from '../manifest';
import type { Scenario } from './scenario';

let pair: Pair;

export const restrictedScenario: Scenario = {
  title: 'workspace that is not trusted',
  workspaceTrust: true,
  async prepare({ folder }) {
    pair = await startPair('embedded');
    await createQueue(pair.origin, 'myqueue');
    await send(pair.origin, 'myqueue', numbered(10));
    writeFileSync(join(folder, 'live.qpid.yaml'), manifestOf(pair));
    return () => pair.stop();
  },
  steps: {
    'the editor asks, and the user declines': async ({ workbench }) => {
      const decline = workbench.page.locator('.monaco-dialog-box .monaco-button', {
        hasText: "I don't trust",
      });
      await decline.first().waitFor();
      await workbench.screenshot('20-trust-dialog');
      await decline.first().click();
      await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).first().waitFor();
    },
    'files are checked': async ({ workbench }) => {
      await workbench.openFile('node2/qpidd.conf');
      await workbench.squiggle('error').waitFor();
      await workbench.screenshot('21-restricted-squiggle');
    },
    'the palette does not offer to start a replication': async ({ workbench }) => {
      assert.equal(await workbench.offers('Qpid HA: Start Replication'), false);
    },
    'the code lens says why nothing is contacted': async ({ workbench }) => {
      await workbench.openFile('live.qpid.yaml');
      await workbench.codeLens('Start').click();
      await workbench.notification('contacts no broker').waitFor();
      await workbench.screenshot('22-refused-untrusted');
      assert.equal(await depth(pair.replica, 'myqueue'), undefined);
    },
    'trusting the workspace makes it work at once': async ({ workbench }) => {
      await workbench.notification('contacts no broker').locator('a', { hasText: 'Manage' }).first().click();
      await workbench.page
        .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
        .first()
        .click();
      await workbench.page.locator('.workspace-trust-editor', { hasText: 'You trust this folder' }).waitFor();
      await workbench.page.locator('.tab', { hasText: 'live.qpid.yaml' }).first().click();
      await workbench.codeLens('Start').click();
      await workbench.notification('is running').waitFor();
      await workbench.progressGone();
      await workbench.screenshot('23-trusted');
      await eventually('the replica has it all', async () => (await depth(pair.replica, 'myqueue')) === 10);
    },
  },
};
