import { window } from 'vscode';
import { nameOf, pickManifest } from '../manifest';
import type { Services } from '../services';

/** What runs goes on running: only nobody looks any more. */
export async function stopWatching({ watches }: Services): Promise<void> {
  const manifests = watches.manifests();
  if (manifests.length === 0) {
    void window.showInformationMessage('Qpid HA watches no manifest.');
    return;
  }
  const manifest = manifests.length === 1 ? manifests[0] : await pickManifest(manifests, 'Stop Watching');
  if (manifest === undefined) return;
  await watches.end(manifest);
  void window.showInformationMessage(`Qpid HA no longer watches ${nameOf(manifest)}.`);
}
