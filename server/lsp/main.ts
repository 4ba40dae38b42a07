/** The language server as its own process: the editor chooses the transport (`--node-ipc`, `--stdio`, …). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve';

serve(createConnection(ProposedFeatures.all));
