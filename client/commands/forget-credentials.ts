import { window } from 'vscode';
import type { Services } from '../services';

export async function forgetCredentials({ logins }: Services): Promise<void> {
  const known = logins.known();
  if (known.length === 0) {
    void window.showInformationMessage('Qpid HA keeps no login of any broker.');
    return;
  }
  const chosen = await window.showQuickPick(
    known.map((login) => ({
      label: login.broker,
      ...(login.address === login.broker ? {} : { description: login.address }),
      login,
    })),
    { title: 'Forget Credentials', placeHolder: 'Logins to forget', canPickMany: true },
  );
  if (chosen === undefined || chosen.length === 0) return;
  await logins.forget(chosen.map(({ login }) => login));
  const names = chosen.map(({ label }) => label).join(', ');
  void window.showInformationMessage(
    `Qpid HA forgot the login of ${names}. It asks again when it is needed.`,
  );
}
