import type { Connection } from 'vscode-languageserver';
import { startServer } from './server';

/**
 * Serves one editor for the life of this process. What is thrown outside of every handler, in a timer or on a
 * socket, is logged as a handler's bug is: the editor's other requests have nothing to do with it.
 */
export function serve(connection: Connection): void {
  const survive = (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`a bug outside of every handler: ${text}`);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  startServer(connection);
}
