import { type OutputChannel, window } from 'vscode';
import type { ReplicationResult } from '../server/lsp/requests';

/** A next step that the message offers as a button. */
export interface NextStep {
  readonly label: string;
  run(): Promise<void>;
}

const showDetails = 'Show Details';

/** Writes the full report to the output channel, and says in one message what is true now and what comes next. */
export async function showResult(
  reports: OutputChannel,
  title: string,
  result: ReplicationResult,
  nextSteps: readonly NextStep[],
): Promise<void> {
  writeReport(reports, title, result);
  const text = result.next === undefined ? result.message : `${result.message} ${result.next}`;
  const labels = [...nextSteps.map(({ label }) => label), showDetails];
  const choice = await show[result.severity](text, ...labels);
  if (choice === showDetails) reports.show(true);
  await nextSteps.find(({ label }) => label === choice)?.run();
}

const show = {
  info: (text: string, ...labels: string[]) => window.showInformationMessage(text, ...labels),
  warning: (text: string, ...labels: string[]) => window.showWarningMessage(text, ...labels),
  error: (text: string, ...labels: string[]) => window.showErrorMessage(text, ...labels),
} as const;

function writeReport(reports: OutputChannel, title: string, result: ReplicationResult): void {
  reports.appendLine(`${new Date().toLocaleTimeString()}  ${title}`);
  reports.appendLine(`  ${result.severity}: ${result.message}`);
  for (const line of result.details) reports.appendLine(`  ${line}`);
  if (result.next !== undefined) reports.appendLine(`  next: ${result.next}`);
}
