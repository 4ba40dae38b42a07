import { type ExtensionContext, type OutputChannel, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createLanguageClient } from './language-client';
import { Logins } from './logins';

/** What the commands work with. */
export interface Services {
  readonly client: LanguageClient;
  readonly logins: Logins;
  /** The full reports of what was done. */
  readonly reports: OutputChannel;
}

export function createServices(context: ExtensionContext): Services {
  const logins = new Logins(context.secrets, context.globalState);
  const reports = window.createOutputChannel('Qpid HA');
  context.subscriptions.push(reports);
  return { client: createLanguageClient(context, logins), logins, reports };
}
