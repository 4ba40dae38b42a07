import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario';

const conf = `# A member of the cluster "east".
port=5672
#auth=no
ha-cluster=yes
ha-brokers-url=node1,node2,node3
default-queue-limit=104857600
link-heartbeat-interval=120
config=/etc/qpid/old.conf
`;

export const editingScenario: Scenario = {
  title: 'editing',
  workspaceTrust: false,
  async prepare({ folder }) {
    writeFileSync(join(folder, 'east.qpidd.conf'), conf);
    writeFileSync(join(folder, 'fresh.qpidd.conf'), '');
    return async () => undefined;
  },
  steps: {
    'hints tell what numbers amount to, and what holds instead of a disabled setting': async ({
      workbench,
    }) => {
      await workbench.openFile('east.qpidd.conf');
      await workbench.line('= 100 MiB').waitFor();
      await workbench.line('default: yes').waitFor();
      await workbench.screenshot('40-hints');
    },
    'the mouse over an option tells what its values mean': async ({ workbench }) => {
      await workbench.pointAt('ha-cluster=yes');
      await workbench.hover('ha-cluster').waitFor();
      await workbench.screenshot('41-hover');
      await workbench.page.keyboard.press('Escape');
    },
    'options are proposed, first those that a member of a cluster needs': async ({ workbench }) => {
      await workbench.line('ha-brokers-url').click();
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.press('Control+Space');
      await workbench.suggestion('ha-replicate').waitFor();
      await workbench.screenshot('42-names');
      await workbench.page.keyboard.press('Escape');
    },
    'a chosen option is followed by its values, with what they mean': async ({ workbench }) => {
      await workbench.page.keyboard.type('ha-repl');
      await workbench.suggestion('ha-replicate').waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.suggestion('configuration').waitFor();
      await workbench.screenshot('43-values');
      await workbench.suggestion('all').click();
      await workbench.line('ha-replicate=all').waitFor();
      await workbench.page.keyboard.type('\nlog-enable=debug+');
      // Its own proposals are still shown when the next letter asks for others.
      await workbench.suggestion('debug and above').waitFor();
      await workbench.page.keyboard.type(':');
      await workbench.suggestion('clusters and queue replication').waitFor();
      await workbench.screenshot('44-categories');
      await workbench.page.keyboard.press('Escape');
      await workbench.revert();
    },
    'an empty file begins with a snippet': async ({ workbench }) => {
      await workbench.openFile('fresh.qpidd.conf');
      await workbench.page.keyboard.press('Control+Space');
      await workbench.suggestion('stand-alone origin').waitFor();
      await workbench.screenshot('45-snippets');
      await workbench.suggestion('stand-alone origin').click();
      await workbench.line('ha-queue-replication=yes').waitFor();
      await workbench.screenshot('46-snippet');
      await workbench.page.keyboard.press('Escape');
      await workbench.revert();
    },
    'a finding is disabled by a comment above its line': async ({ workbench }) => {
      await workbench.openFile('east.qpidd.conf');
      await workbench.line('config=').click();
      await workbench.page.keyboard.press('Control+.');
      await workbench.quickFix('Disable conf/ignored-in-file for this line').waitFor();
      await workbench.screenshot('47-light-bulb');
      await workbench.chooseQuickFix('Disable conf/ignored-in-file for this line');
      await workbench.line('disable-next-line').waitFor();
      await workbench.screenshot('48-disabled');
    },
    'the effective settings stand beside the file, and follow it': async ({ workbench }) => {
      await workbench.page.keyboard.press('Control+B');
      await workbench.run('Qpid HA: Show Effective Settings');
      await workbench.line('OPTION').waitFor();
      await workbench.screenshot('49-effective');
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.type('worker-threads=7');
      // The proposals, and then the signature.
      await workbench.page.keyboard.press('Escape');
      await workbench.page.keyboard.press('Escape');
      await workbench.line(/worker-threads\s+7\s+line/).waitFor();
      await workbench.screenshot('50-effective-follows');
      await workbench.revert();
      await workbench.run('View: Close All Editors');
      await workbench.page.keyboard.press('Control+B');
    },
    'a broker gets another name wherever its manifest names it': async ({ workbench }) => {
      await workbench.openFile('deployment.qpid.yaml');
      await workbench.line('from:').click();
      await workbench.page.keyboard.press('F2');
      const box = workbench.page.locator('.rename-box input').first();
      await box.waitFor();
      await workbench.screenshot('51-rename');
      await box.fill('east');
      await workbench.page.keyboard.press('Enter');
      await workbench.line('east:').waitFor();
      await workbench.screenshot('52-renamed');
      await workbench.revert();
    },
  },
};
