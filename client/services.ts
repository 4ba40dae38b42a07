import { type ExtensionContext, type OutputChannel, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createLanguageClient } from './language-client';
import { Logins } from './logins';
import { PlanPages } from './plan-pages';
import { Watches } from './watches';

/** What the commands work with. */
export interface Services {
  readonly client: LanguageClient;
  readonly logins: Logins;
  /** The full reports of what was done. */
  readonly reports: OutputChannel;
  readonly plans: PlanPages;
  readonly watches: Watches;
}

export function createServices(context: ExtensionContext): Services {
  const logins = new Logins(context.secrets, context.globalState);
  const reports = window.createOutputChannel('Qpid HA');
  const client = createLanguageClient(context, logins);
  const plans = new PlanPages();
  const watches = new Watches(client);
  context.subscriptions.push(reports, plans, watches);
  return { client, logins, reports, plans, watches };
}
