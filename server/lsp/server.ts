import type { Connection, InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import { connect } from '../amqp/connect';
import type { Connect } from '../amqp/contract';
import { Analysis } from './analysis';
import { applySavedPlan } from './apply-plan';
import { checkAddress } from './check-address';
import { codeActions } from './code-actions';
import { codeLens } from './code-lens';
import { completion } from './completion';
import { cutOver } from './cut-over';
import { definition } from './definition';
import { DiskFiles } from './disk-files';
import { documentHighlight } from './document-highlight';
import { documentLink } from './document-link';
import { documentSymbols } from './document-symbols';
import { effective } from './effective';
import { explain } from './explain';
import { foldingRange } from './folding-range';
import { formatting } from './formatting';
import { guardNotification, type Log } from './guard';
import { hover } from './hover';
import { inlayHint } from './inlay-hint';
import { listReplications } from './list-replications';
import { OpenDocuments } from './open-documents';
import { planManifest } from './plan-manifest';
import { pullDiagnostics } from './pull-diagnostics';
import { PushDiagnostics } from './push-diagnostics';
import { rebuildReplica } from './rebuild-replica';
import { references } from './references';
import { rename } from './rename';
import { replicationStatus } from './replication-status';
import type { InitializationOptions } from './requests';
import { reverseReplication } from './reverse-replication';
import { selectionRange } from './selection-range';
import { semanticTokens } from './semantic-tokens';
import type { ClientAbilities, Feature, Session } from './session';
import { signatureHelp } from './signature-help';
import { startReplication } from './start-replication';
import { stopReplication } from './stop-replication';
import { textSync } from './text-sync';
import { trust } from './trust';
import { verifyReplication } from './verify-replication';
import { watchManifest } from './watch-manifest';
import { watched } from './watched-files';

const allFeatures: readonly Feature[] = [
  textSync,
  watched,
  trust,
  pullDiagnostics,
  hover,
  completion,
  codeActions,
  explain,
  documentSymbols,
  codeLens,
  signatureHelp,
  formatting,
  foldingRange,
  selectionRange,
  documentLink,
  semanticTokens,
  inlayHint,
  definition,
  references,
  documentHighlight,
  rename,
  listReplications,
  checkAddress,
  effective,
  startReplication,
  stopReplication,
  replicationStatus,
  verifyReplication,
  rebuildReplica,
  cutOver,
  reverseReplication,
  planManifest,
  applySavedPlan,
  watchManifest,
];

export interface ServerOptions {
  /** How brokers are reached; over AMQP where it is left out. */
  readonly connect?: Connect;
  /** Served besides the server's own. */
  readonly features?: readonly Feature[];
}

/** Serves one editor on a connection, which it starts to listen to. */
export function startServer(connection: Connection, options: ServerOptions = {}): void {
  const features = [...allFeatures, ...(options.features ?? [])];
  const session = createSession(connection, options.connect ?? connect);
  connection.onInitialize((params) => {
    introduce(session, params);
    const capabilities = features.map((feature) => feature.capabilities?.(session.client) ?? {});
    return {
      capabilities: Object.assign({}, ...capabilities) as ServerCapabilities,
      serverInfo: { name: 'qpidha' },
    };
  });
  connection.onInitialized(
    guardNotification(session.log, 'initialized', async () => {
      await Promise.all(features.map((feature) => feature.initialized?.(session)));
      session.recheck();
    }),
  );
  for (const feature of features) feature.register(session);
  connection.listen();
}

function createSession(connection: Connection, connectToBroker: Connect): Session {
  const log: Log = { error: (message) => connection.console.error(message) };
  const documents = new OpenDocuments();
  const disk = new DiskFiles();
  const client: ClientAbilities = {
    trusted: true,
    takesDiagnostics: true,
    refreshesDiagnostics: false,
    watchesFiles: false,
    changesFolders: false,
    versionedEdits: false,
    takesSnippets: false,
    labelDetails: false,
    suggestsAgain: false,
    showsDocuments: false,
  };
  const push = new PushDiagnostics(() => session);
  connection.onShutdown(() => push.stop());
  const session: Session = {
    connection,
    log,
    documents,
    disk,
    analysis: new Analysis(documents, disk),
    connect: connectToBroker,
    client,
    recheck() {
      if (client.takesDiagnostics) push.schedule();
      else if (client.refreshesDiagnostics)
        void connection.languages.diagnostics.refresh().catch(() => undefined);
    },
  };
  return session;
}

function introduce({ client, analysis }: Session, params: InitializeParams): void {
  const { textDocument, window, workspace } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  client.trusted = options.trusted !== false;
  client.takesDiagnostics =
    textDocument?.publishDiagnostics !== undefined || textDocument?.diagnostic === undefined;
  client.refreshesDiagnostics = workspace?.diagnostics?.refreshSupport === true;
  client.watchesFiles = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  client.changesFolders = workspace?.workspaceFolders === true;
  client.versionedEdits = workspace?.workspaceEdit?.documentChanges === true;
  client.takesSnippets = textDocument?.completion?.completionItem?.snippetSupport === true;
  client.labelDetails = textDocument?.completion?.completionItem?.labelDetailsSupport === true;
  client.suggestsAgain = options.suggestsAgain === true;
  client.showsDocuments = window?.showDocument?.support === true;
  const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
  analysis.setFolders(folders);
}
