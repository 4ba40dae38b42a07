import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { fixProject } from '../lint/fix';
import type { TextEdit } from '../text/edit';
import type { Finding } from '../text/finding';
import { type Span, span, touches } from '../text/span';
import { toDiagnostic } from './diagnostics';
import { disableActions } from './disable-actions';
import { explanations } from './explain';
import { guardRequest, pause } from './guard';
import type { OpenDocument } from './open-documents';
import type { Feature, Session } from './session';
import { toSpan } from './view';
import { toWorkspaceEdit } from './workspace-edit';

/** Cures everything in a document that has a certain cure; editors can do it on every save. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.qpidha`;

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] } }),
  register(session) {
    session.connection.onCodeAction(
      guardRequest(session.log, 'textDocument/codeAction', async (params, token) => {
        await pause(token);
        const document = session.documents.get(params.textDocument.uri);
        if (document === undefined) return null;
        const atCursor = wants(params, CodeActionKind.QuickFix) ? actionsAt(session, document, params) : [];
        return [...atCursor, ...(asksForFixAll(params) ? fixAll(session, document) : [])];
      }),
    );
  },
};

/** Kinds form a tree: who asks for `source` wants `source.fixAll.qpidha` too. Who asks for none wants all. */
function wants({ context }: CodeActionParams, kind: string): boolean {
  return (
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`))
  );
}

/** Only on demand: it is no answer to the question what can be done at the cursor. */
function asksForFixAll(params: CodeActionParams): boolean {
  return params.context.only !== undefined && wants(params, fixAllKind);
}

function actionsAt(session: Session, document: OpenDocument, { range }: CodeActionParams): CodeAction[] {
  const wanted = toSpan(document, range);
  const all = session.analysis.checked().findings.get(document.source.uri) ?? [];
  const findings = all.filter((finding) => meets(finding.span, wanted));
  return [
    ...findings.flatMap((finding) => quickFix(session, finding)),
    ...disableActions(session, document, findings),
    ...explanations(session, findings),
  ];
}

function meets(one: Span, other: Span): boolean {
  return touches(one, other.start) || touches(other, one.start);
}

function quickFix(session: Session, finding: Finding): CodeAction[] {
  if (finding.fix === undefined) return [];
  const edit = toWorkspaceEdit(session, finding.fix.edits);
  if (edit === undefined) return [];
  return [
    {
      title: finding.fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(session, finding)],
      isPreferred: finding.fix.onRequest !== true,
      edit,
    },
  ];
}

function fixAll(session: Session, { source }: OpenDocument): CodeAction[] {
  const { uri } = source;
  const { changed } = fixProject({
    files: session.analysis.files(),
    entries: session.analysis.entries(),
    mayChange: (file) => file === uri,
  });
  const text = changed.get(uri)?.text;
  const edit: WorkspaceEdit | undefined =
    text === undefined ? undefined : toWorkspaceEdit(session, [smallestEdit(uri, source.text, text)]);
  return edit === undefined ? [] : [{ title: 'Fix all that qpidha can fix', kind: fixAllKind, edit }];
}

/** Leaves alone what is equal at both ends, so that the cursor stays where it is. */
function smallestEdit(uri: string, before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  return { uri, span: span(start, before.length - tail), newText: after.slice(start, after.length - tail) };
}
