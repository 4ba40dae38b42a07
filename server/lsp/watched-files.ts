import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver';
import { recognise } from '../project/languages';
import { baseName, canonicalUri } from '../project/uris';
import { startOfFile } from './disk-files';
import { guardNotification } from './guard';
import type { Feature, Session } from './session';

/** Other names are possible for what a manifest names; those files are looked at with the next check. */
const watchedFiles = [
  '**/*.{conf,cfg}',
  '**/*.{yaml,yml}',
  '**/*.qpid.json',
  '**/*qpidha.config.json',
  '**/.gitignore',
];

/** Files that change, come or go without the editor, or in it without being saved as documents. */
export const watched: Feature = {
  capabilities: () => ({ workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
  register(session) {
    const { connection, documents, analysis, disk, log, recheck } = session;
    connection.onDidChangeWatchedFiles(
      guardNotification(log, 'workspace/didChangeWatchedFiles', ({ changes }) => {
        for (const { uri, type } of changes) {
          disk.forget(canonicalUri(uri));
          documents.saved(uri, startOfFile(uri));
          const comesOrGoes = type !== FileChangeType.Changed || recognise(baseName(uri)) === undefined;
          if (comesOrGoes) analysis.foldersChanged();
        }
        analysis.changed();
        recheck();
      }),
    );
  },
  async initialized(session) {
    await Promise.all([watchFiles(session), watchFolders(session)]);
  },
};

async function watchFiles({ connection, client }: Session): Promise<void> {
  if (!client.watchesFiles) return;
  const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

async function watchFolders({ connection, client, analysis, log, recheck }: Session): Promise<void> {
  if (!client.changesFolders) return;
  connection.workspace.onDidChangeWorkspaceFolders(
    guardNotification(log, 'workspace/didChangeWorkspaceFolders', async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      analysis.setFolders(folders.map(({ uri }) => uri));
      recheck();
    }),
  );
}
