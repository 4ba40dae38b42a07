import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve';

/** Serves one editor on stdin and stdout. Never resolves: the process ends with its input, or on `exit`. */
export async function serveOnStdio(): Promise<never> {
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
  return await new Promise<never>(() => undefined);
}
