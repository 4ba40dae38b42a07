import type { ExtensionContext } from 'vscode';
import { commands, workspace } from 'vscode';
import { trustGranted } from '../server/lsp/requests';
import { applyManifest } from './commands/apply-manifest';
import { cutOver } from './commands/cut-over';
import { forgetCredentials } from './commands/forget-credentials';
import { rebuildReplica } from './commands/rebuild-replica';
import { restartServer } from './commands/restart-server';
import { reverseReplication } from './commands/reverse-replication';
import { showEffectiveSettings } from './commands/show-effective-settings';
import { showPlan } from './commands/show-plan';
import { showReplicationStatus } from './commands/show-replication-status';
import { startReplication } from './commands/start-replication';
import { stopReplication } from './commands/stop-replication';
import { stopWatching } from './commands/stop-watching';
import { stopWithOptions } from './commands/stop-with-options';
import { verifyReplication } from './commands/verify-replication';
import { watchManifest } from './commands/watch-manifest';
import { EffectiveSettings } from './effective-settings';
import { registerLintTasks } from './lint-tasks';
import { createServices, type Services } from './services';

const commandTable = {
  'qpidha.startReplication': startReplication,
  'qpidha.stopReplication': stopReplication,
  'qpidha.showReplicationStatus': showReplicationStatus,
  'qpidha.verifyReplication': verifyReplication,
  'qpidha.rebuildReplica': rebuildReplica,
  'qpidha.cutOver': cutOver,
  'qpidha.reverseReplication': reverseReplication,
  'qpidha.stopWithOptions': stopWithOptions,
  'qpidha.showPlan': showPlan,
  'qpidha.applyManifest': applyManifest,
  'qpidha.watchManifest': watchManifest,
  'qpidha.stopWatching': stopWatching,
  'qpidha.showEffectiveSettings': showEffectiveSettings,
  'qpidha.forgetCredentials': forgetCredentials,
  'qpidha.restartServer': restartServer,
} as const;

let services: Services | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const created = createServices(context);
  services = created;
  for (const [id, run] of Object.entries(commandTable)) {
    context.subscriptions.push(commands.registerCommand(id, (argument: unknown) => run(created, argument)));
  }
  context.subscriptions.push(
    new EffectiveSettings(created.client),
    registerLintTasks(context),
    workspace.onDidGrantWorkspaceTrust(async () => {
      // A server that is down is told when it starts.
      if (created.client.isRunning()) await created.client.sendNotification(trustGranted);
    }),
  );
  await created.client.start();
}

export async function deactivate(): Promise<void> {
  await services?.watches.endAll();
  await services?.client.stop();
}
