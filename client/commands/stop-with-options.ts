import { type QuickPickItem, window } from 'vscode';
import { stopReplication as request, type StopParams } from '../../server/lsp/requests';
import type { Services } from '../services';
import { runVerb, type Verb } from '../verb';

const title = 'Stop Replication with Options';

const drain: QuickPickItem = {
  label: 'Drain',
  detail:
    'Waits first until both queues are equal, message by message, and stops nothing when they do not become so.',
};
const keepUsable: QuickPickItem = {
  label: 'Keep usable',
  detail: 'Creates the replica queue anew afterwards, with its messages, so that it may be an origin.',
};

const verb: Verb = {
  title,
  needsOrigin: false,
  request,
  doing: 'Stopping replication of',
  async choose({ queue }) {
    const placeHolder = `How is the replication of "${queue}" to end?`;
    const chosen = await window.showQuickPick([drain, keepUsable], { title, placeHolder, canPickMany: true });
    if (chosen === undefined) return undefined;
    return {
      drain: chosen.includes(drain),
      keepUsable: chosen.includes(keepUsable),
    } satisfies Partial<StopParams>;
  },
};

/** A danger that the re-creation of the queue meets is asked about by its name. */
export async function stopWithOptions(services: Services, argument: unknown): Promise<void> {
  await runVerb(services, argument, verb);
}
