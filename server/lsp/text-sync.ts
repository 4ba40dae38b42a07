import { TextDocumentSyncKind } from 'vscode-languageserver';
import { startOfFile } from './disk-files';
import { guardNotification } from './guard';
import type { Feature } from './session';

/** Keeps the open documents in step with the editor. Every change of theirs has the files checked again. */
export const textSync: Feature = {
  capabilities: () => ({
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
  }),
  register({ connection, documents, analysis, log, recheck }) {
    connection.onDidOpenTextDocument(
      guardNotification(log, 'textDocument/didOpen', ({ textDocument }) => {
        const { uri, languageId, version, text } = textDocument;
        documents.open(uri, languageId, version, text, startOfFile(uri));
        analysis.changed();
        recheck();
      }),
    );
    connection.onDidChangeTextDocument(
      guardNotification(log, 'textDocument/didChange', ({ textDocument, contentChanges }) => {
        documents.change(textDocument.uri, textDocument.version, contentChanges);
        analysis.changed();
        recheck();
      }),
    );
    connection.onDidSaveTextDocument(
      guardNotification(log, 'textDocument/didSave', ({ textDocument }) => {
        documents.saved(textDocument.uri, startOfFile(textDocument.uri));
        // It may be a new file.
        analysis.foldersChanged();
        recheck();
      }),
    );
    connection.onDidCloseTextDocument(
      guardNotification(log, 'textDocument/didClose', ({ textDocument }) => {
        documents.close(textDocument.uri);
        analysis.changed();
        recheck();
      }),
    );
  },
};
