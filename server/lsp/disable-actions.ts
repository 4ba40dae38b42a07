import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { disablings } from '../lint/suppression/disable';
import { todaysDate } from '../lint/suppression/expiry';
import type { Finding } from '../text/finding';
import { toDiagnostic } from './diagnostics';
import type { OpenDocument } from './open-documents';
import type { Session } from './session';
import { toWorkspaceEdit } from './workspace-edit';

/** *Disable* on every finding, for its line or its file: each once, however many findings it would hide. */
export function disableActions(
  session: Session,
  document: OpenDocument,
  findings: readonly Finding[],
): CodeAction[] {
  const language = session.analysis.conf(document) === undefined ? 'manifest' : 'conf';
  const file = { source: document.source, language } as const;
  const actions = new Map<string, CodeAction>();
  for (const finding of findings) {
    if (!session.analysis.isIgnorable(finding)) continue;
    for (const { title, edit } of disablings(file, finding, todaysDate())) {
      const changes = toWorkspaceEdit(session, [edit]);
      const key = `${title} ${edit.span.start}`;
      if (changes === undefined || actions.has(key)) continue;
      const diagnostics = [toDiagnostic(session, finding)];
      actions.set(key, { title, kind: CodeActionKind.QuickFix, diagnostics, edit: changes });
    }
  }
  return [...actions.values()];
}
