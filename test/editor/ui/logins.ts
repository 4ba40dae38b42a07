import { Secret } from '../../../server/amqp/secret';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../../server/embedded-broker/embedded-broker';
import { defaultSettings } from '../../../server/embedded-broker/settings';
import type { Scenario } from './scenario';
import type { Workbench } from './workbench';

let broker: EmbeddedBroker;

export const loginScenario: Scenario = {
  title: 'broker that wants a login',
  workspaceTrust: false,
  async prepare() {
    const users = new Map([['operator', new Secret('correct horse')]]);
    broker = await startEmbeddedBroker({
      settings: { ...defaultSettings, port: 0, authentication: true, users, ha: 'stand-alone' },
    });
    return () => broker.stop();
  },
  steps: {
    'the editor asks for user and password, which is not shown': async ({ workbench }) => {
      await workbench.openFile('node1/qpidd.conf');
      await askForStatus(workbench);
      await workbench.answer('Log in to', 'operator');
      await workbench.page.locator('.quick-input-widget input[type="password"]').first().waitFor();
      await workbench.typeInto('Log in to', 'wrong');
      await workbench.screenshot('30-password');
      await workbench.page.keyboard.press('Enter');
    },
    'a wrong one is asked for again': async ({ workbench }) => {
      await workbench.page
        .locator('.quick-input-message', { hasText: 'refused this login' })
        .first()
        .waitFor();
      await workbench.screenshot('31-login-refused');
      await workbench.answer('Log in to', 'operator');
      await workbench.page.locator('.quick-input-widget input[type="password"]').first().waitFor();
      await workbench.answer('Log in to', 'correct horse');
      await workbench.notification('replicates "myqueue"').waitFor();
      await workbench.clearNotifications();
    },
    'it is kept, and not asked for a second time': async ({ workbench }) => {
      await askForStatus(workbench);
      await workbench.notification('replicates "myqueue"').waitFor();
      await workbench.clearNotifications();
    },
    'it is forgotten on demand, and asked for again': async ({ workbench }) => {
      await workbench.run('Qpid HA: Forget Credentials');
      await workbench.page
        .locator('.quick-input-list .monaco-list-row', { hasText: broker.name })
        .first()
        .click();
      await workbench.screenshot('32-forget');
      await workbench.page.keyboard.press('Enter');
      await workbench.notification('forgot the login').waitFor();
      await workbench.clearNotifications();
      await askForStatus(workbench);
      await workbench.page.locator('.quick-input-message', { hasText: 'asks for a login' }).first().waitFor();
    },
    'who declines is told what the broker said': async ({ workbench }) => {
      await workbench.page.keyboard.press('Escape');
      await workbench.notification(broker.name).waitFor();
      await workbench.progressGone();
      await workbench.screenshot('33-declined');
    },
  },
};

async function askForStatus(workbench: Workbench): Promise<void> {
  await workbench.run('Qpid HA: Show Replication Status');
  await workbench.answer('Show Replication Status (1/2)', 'myqueue');
  await workbench.answer('Show Replication Status (2/2)', broker.name);
}
