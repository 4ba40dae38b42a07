import { window } from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from 'vscode-languageclient/node';

/** Crashes within `window` milliseconds after which we ask instead of restarting. */
const limit = { crashes: 5, window: 180_000 } as const;

/** Restarts a crashed server, after a growing pause; when it will not stay up the user decides. */
export class RestartPolicy implements ErrorHandler {
  private crashes: readonly number[] = [];

  constructor(
    private readonly restart: () => Promise<void>,
    private readonly showLog: () => void,
  ) {}

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue };
  }

  async closed(): Promise<CloseHandlerResult> {
    const now = Date.now();
    this.crashes = [...this.crashes.filter((crash) => crash > now - limit.window), now];
    if (this.crashes.length >= limit.crashes) {
      void this.ask();
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** (this.crashes.length - 1)));
    return { action: CloseAction.Restart, handled: true };
  }

  private async ask(): Promise<void> {
    const restart = 'Restart';
    const log = 'Show Log';
    const choice = await window.showErrorMessage(
      `The Qpid HA language server stopped ${limit.crashes} times within three minutes, so files are no longer checked.`,
      restart,
      log,
    );
    this.crashes = [];
    if (choice === log) this.showLog();
    if (choice === restart) await this.restart();
  }
}
