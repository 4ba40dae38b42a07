import { commands, window, workspace } from 'vscode';

/** True when brokers may be contacted; otherwise the user has been told why not, and what to do. */
export function mayContactBrokers(): boolean {
  if (workspace.isTrusted) return true;
  void explain();
  return false;
}

async function explain(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const choice = await window.showWarningMessage(
    'Qpid HA contacts no broker from a workspace that you have not trusted: its files name the hosts to connect to. Trust the workspace first.',
    manage,
  );
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
}
