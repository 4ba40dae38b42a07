import type { TextEdit as ProtocolEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../text/edit';
import { editorUri } from './diagnostics';
import type { Session } from './session';
import { toRange } from './view';

/**
 * Edits of one or several files. Undefined where they would do nothing, or not all of what they must: a byte order
 * mark, which the editor hides, cannot be removed by an edit, and a file may have gone.
 */
export function toWorkspaceEdit(session: Session, edits: readonly TextEdit[]): WorkspaceEdit | undefined {
  const byFile = new Map<string, ProtocolEdit[]>();
  for (const edit of edits) {
    const view = session.analysis.view(edit.uri);
    if (view === undefined || edit.span.start < view.hidden) return undefined;
    const uri = editorUri(session.documents, edit.uri);
    const protocolEdit = { range: toRange(view, edit.span), newText: edit.newText };
    byFile.set(uri, [...(byFile.get(uri) ?? []), protocolEdit]);
  }
  if (byFile.size === 0) return undefined;
  if (!session.client.versionedEdits) return { changes: Object.fromEntries(byFile) };
  return {
    documentChanges: [...byFile].map(([uri, fileEdits]) => ({
      textDocument: { uri, version: session.documents.get(uri)?.version ?? null },
      edits: fileEdits,
    })),
  };
}
