import { type QuickPickItem, type TextEditor, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type ListReplicationsParams,
  listReplications,
  type ReplicationEntry,
  type ReplicationTarget,
} from '../server/lsp/requests';
import { askForAddresses } from './address-input';
import type { TargetQuestion } from './target-question';

/** The command's own argument, from a code lens; else the entry at the cursor; else what the user picks. */
export async function chooseTarget(
  client: LanguageClient,
  argument: unknown,
  verb: TargetQuestion,
): Promise<ReplicationTarget | undefined> {
  if (isTarget(argument)) return argument;
  const underCursor = await entryAtCursor(client, window.activeTextEditor);
  if (underCursor !== undefined) return toTarget(underCursor);
  const entries = await list(client, {});
  if (entries.length === 0) return await askForAddresses(client, verb);
  return await pick(client, entries, verb);
}

interface EntryItem extends QuickPickItem {
  readonly entry?: ReplicationEntry;
}

async function entryAtCursor(
  client: LanguageClient,
  editor: TextEditor | undefined,
): Promise<ReplicationEntry | undefined> {
  if (editor?.document.languageId !== 'qpid-replicas') return undefined;
  const { line } = editor.selection.active;
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const entries = await list(client, { uri });
  return entries.find(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
}

async function pick(
  client: LanguageClient,
  entries: readonly ReplicationEntry[],
  verb: TargetQuestion,
): Promise<ReplicationTarget | undefined> {
  const byHand: EntryItem = { label: '$(edit) Enter addresses…', alwaysShow: true };
  const items = entries.map(
    (entry): EntryItem => ({
      label: entry.queue,
      description: `${entry.origin} → ${entry.replica}`,
      detail: workspace.asRelativePath(Uri.parse(entry.uri)),
      entry,
    }),
  );
  const choice = await window.showQuickPick([...items, byHand], {
    title: verb.title,
    placeHolder: 'Which replication?',
    matchOnDescription: true,
  });
  if (choice === undefined) return undefined;
  return choice.entry === undefined ? await askForAddresses(client, verb) : toTarget(choice.entry);
}

async function list(
  client: LanguageClient,
  params: ListReplicationsParams,
): Promise<readonly ReplicationEntry[]> {
  return (await client.sendRequest<readonly ReplicationEntry[] | null>(listReplications, params)) ?? [];
}

function toTarget({ uri, queue, replica }: ReplicationEntry): ReplicationTarget {
  return { kind: 'manifest', uri, queue, replica };
}

function isTarget(argument: unknown): argument is ReplicationTarget {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return false;
  return argument.kind === 'manifest' || argument.kind === 'addresses';
}

/** For dialogs: a typed address may hold a password. */
export function replicaOf(target: ReplicationTarget): string {
  return target.kind === 'manifest' ? target.replica : 'the replica broker';
}
