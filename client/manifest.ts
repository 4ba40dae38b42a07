import { Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { listReplications, type ReplicationEntry } from '../server/lsp/requests';

/** The command's own argument; else the manifest in the active editor; else one of those that are open. */
export async function chooseManifest(
  client: LanguageClient,
  argument: unknown,
  title: string,
): Promise<Uri | undefined> {
  if (argument instanceof Uri) return argument;
  const document = window.activeTextEditor?.document;
  if (document?.languageId === 'qpid-replicas') return document.uri;
  const entries = (await client.sendRequest<readonly ReplicationEntry[] | null>(listReplications, {})) ?? [];
  const uris = [...new Set(entries.map(({ uri }) => uri))].map((uri) => Uri.parse(uri));
  if (uris.length === 0) {
    void window.showInformationMessage('Open a replication manifest first, such as deployment.qpid.yaml.');
    return undefined;
  }
  return uris.length === 1 ? uris[0] : await pickManifest(uris, title);
}

export async function pickManifest(uris: readonly Uri[], title: string): Promise<Uri | undefined> {
  const items = uris.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const chosen = await window.showQuickPick(items, { title, placeHolder: 'Which manifest?' });
  return chosen?.uri;
}

/** As the user knows it: `deployment.qpid.yaml`. */
export function nameOf(manifest: Uri): string {
  return manifest.path.slice(manifest.path.lastIndexOf('/') + 1);
}
