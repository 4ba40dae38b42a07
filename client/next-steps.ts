import { commands } from 'vscode';
import type { NextVerb, ReplicationTarget } from '../server/lsp/requests';
import type { NextStep } from './show-result';

/** The commands of what a result may advise. */
const steps: Readonly<Record<NextVerb, { readonly label: string; readonly command: string }>> = {
  start: { label: 'Start', command: 'qpidha.startReplication' },
  stop: { label: 'Stop', command: 'qpidha.stopReplication' },
  status: { label: 'Show Status', command: 'qpidha.showReplicationStatus' },
  rebuild: { label: 'Rebuild…', command: 'qpidha.rebuildReplica' },
};

/** The button for what the server advises; none, where it is one that is there already. */
export function adviceStep(
  verb: NextVerb | undefined,
  target: ReplicationTarget,
  except?: NextVerb,
): readonly NextStep[] {
  if (verb === undefined || verb === except) return [];
  const { label, command } = steps[verb];
  return [{ label, run: async () => void (await commands.executeCommand(command, target)) }];
}
