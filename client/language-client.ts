import { type ExtensionContext, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type CredentialsParams, credentials, type InitializationOptions } from '../server/lsp/requests';
import type { Logins } from './logins';
import { RestartPolicy } from './restart-policy';

const languages = ['qpidd-conf', 'qpid-replicas', 'qpidha-config'];

/** As JSON a project configuration stays with the editor's own support for that, which has our schema. */
const patterns = ['**/qpidha.config.json'];

/** Files, new files, and files of a repository opened without a checkout; not the old side of a comparison. */
const schemes = ['file', 'untitled', 'vscode-vfs'];

export function createLanguageClient(context: ExtensionContext, logins: Logins): LanguageClient {
  const client: LanguageClient = new LanguageClient(
    'qpidha',
    'Qpid HA Language Server',
    { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc },
    {
      documentSelector: schemes.flatMap((scheme) => [
        ...languages.map((language) => ({ language, scheme })),
        ...patterns.map((pattern) => ({ pattern, scheme })),
      ]),
      // Read again at every start: a restarted server must know of a trust granted since.
      initializationOptions: (): InitializationOptions => ({
        trusted: workspace.isTrusted,
        suggestsAgain: true,
      }),
      errorHandler: new RestartPolicy(
        () => client.restart(),
        () => client.outputChannel.show(),
      ),
    },
  );
  client.onRequest(credentials, (params: CredentialsParams) => logins.provide(params));
  return client;
}
