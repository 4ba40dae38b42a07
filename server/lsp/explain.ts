import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { rulePageUrl } from '../lint/rule-page-url';
import type { Finding } from '../text/finding';
import { toDiagnostic } from './diagnostics';
import { guardRequest } from './guard';
import type { Feature, Session } from './session';

/** Opens the page of the rule whose id is its one argument. */
const command = 'qpidha.explain';

/** *Explain* on every finding: the editor shows the page of its rule in a browser. */
export const explain: Feature = {
  capabilities: ({ showsDocuments }) =>
    showsDocuments ? { executeCommandProvider: { commands: [command] } } : {},
  register({ connection, log }) {
    connection.onExecuteCommand(
      guardRequest(log, 'workspace/executeCommand', async (params) => {
        const [rule] = params.arguments ?? [];
        const uri = params.command === command && typeof rule === 'string' ? rulePageUrl(rule) : undefined;
        if (uri !== undefined) await connection.window.showDocument({ uri, external: true });
        return null;
      }),
    );
  },
};

/** One action for each rule, however many of its findings there are. */
export function explanations(session: Session, findings: readonly Finding[]): CodeAction[] {
  if (!session.client.showsDocuments) return [];
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byRule.values()].flatMap((finding): CodeAction[] => {
    const { rule } = finding;
    if (rulePageUrl(rule) === undefined) return [];
    const title = `Explain ${rule}`;
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(session, finding)],
        command: { title, command, arguments: [rule] },
      },
    ];
  });
}
