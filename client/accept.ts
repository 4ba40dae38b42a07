import { window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { DangerNotice, LiveParams, ReplicationResult } from '../server/lsp/requests';
import { type Run, runWithProgress } from './run';

/**
 * Runs a verb, and asks about each danger that it meets, one after the other, each by its name. What was refused for
 * a danger has done nothing, so that it can simply be run again.
 *
 * Undefined when the user cancelled, or did not accept a danger.
 */
export async function runAccepting<Params extends LiveParams>(
  client: LanguageClient,
  run: Run<Params>,
): Promise<ReplicationResult | undefined> {
  const accept = [...(run.params.accept ?? [])];
  for (;;) {
    const result = await runWithProgress<Params, ReplicationResult>(client, {
      ...run,
      params: { ...run.params, accept },
    });
    const danger = result?.danger;
    if (result === undefined || danger === undefined || accept.includes(danger.id)) return result;
    if (!(await acceptDanger(danger, result.message))) return undefined;
    accept.push(danger.id);
  }
}

/** A dialog about one danger. `message`: what was seen, with the risk. */
export async function acceptDanger({ id, instead }: DangerNotice, message: string): Promise<boolean> {
  const accept = `Accept "${id}"`;
  const detail = `${instead} Or accept the danger "${id}".`;
  return (await window.showWarningMessage(message, { modal: true, detail }, accept)) === accept;
}

/** A dialog before something that has to be thought over. */
export async function confirm(message: string, detail: string, label: string): Promise<boolean> {
  return (await window.showWarningMessage(message, { modal: true, detail }, label)) === label;
}
