import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What the tests do in the editor, and see of it. */

export function workspaceUri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'the tests run in a workspace');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function show(path: string): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(workspaceUri(path));
}

/** Waits until it holds; mocha's time limit ends a vain wait, and the last state tells why. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** By opening a file only: a call of `activate` would hide a missing activation event. */
export async function extensionIsActive(): Promise<void> {
  const extension = vscode.extensions.getExtension('qpid-ha.qpidha');
  assert.ok(extension, 'the extension is installed');
  await until(() => extension.isActive);
}

export function findings(path: string): readonly string[] {
  return vscode.languages.getDiagnostics(workspaceUri(path)).map(codeOf);
}

export function finding(path: string, code: string): vscode.Diagnostic | undefined {
  return vscode.languages
    .getDiagnostics(workspaceUri(path))
    .find((diagnostic) => codeOf(diagnostic) === code);
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export async function quickFixes(path: string, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    workspaceUri(path),
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

/** Where a text stands in a document; the position after it with `end`. */
export function positionOf(
  document: vscode.TextDocument,
  text: string,
  side: 'start' | 'end' = 'start',
): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `"${text}" stands in ${document.uri.path}`);
  return document.positionAt(side === 'start' ? offset : offset + text.length);
}

/** Undoes all edits of a file. */
export async function revert(path: string): Promise<void> {
  await show(path);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
