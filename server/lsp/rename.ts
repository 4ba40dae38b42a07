import { LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { rename as renameInProject, unreadable } from '../project/rename';
import { guardRequest } from './guard';
import { namedAtPosition } from './named';
import type { Feature } from './session';
import { toRange } from './view';
import { toWorkspaceEdit } from './workspace-edit';

/** Gives another name to a broker of a manifest, or to a host wherever the files of a deployment name it. */
export const rename: Feature = {
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  register(session) {
    const { connection, documents, analysis, log } = session;
    connection.onPrepareRename(
      guardRequest(log, 'textDocument/prepareRename', (params) => {
        const document = documents.get(params.textDocument.uri);
        const named = namedAtPosition(session, params);
        if (document === undefined || named === undefined) return null;
        const reason = unreadable(analysis.checked().project, named);
        if (reason !== undefined) return refusal(reason);
        const { start, end } = named.place.span;
        const written = document.source.text.slice(start, end);
        const placeholder = named.kind === 'broker' ? named.name : written;
        return { range: toRange(document, named.place.span), placeholder };
      }),
    );
    connection.onRenameRequest(
      guardRequest(log, 'textDocument/rename', (params): WorkspaceEdit | ResponseError<void> | null => {
        const named = namedAtPosition(session, params);
        if (named === undefined)
          return refusal('Brokers of a manifest and hosts in addresses can be renamed.');
        const renaming = renameInProject(analysis.checked().project, named, params.newName);
        if (!renaming.ok) return refusal(renaming.reason);
        return toWorkspaceEdit(session, renaming.edits) ?? null;
      }),
    );
  },
};

function refusal(reason: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
