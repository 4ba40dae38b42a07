/** The language server as its own process: the editor chooses the transport (`--node-ipc`, `--stdio`, …). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server';

startServer(createConnection(ProposedFeatures.all));
