import ora, { type Ora } from 'ora';
import type { EngineEvent } from '../../replication/contract';
import { visible } from '../../report/visible';
import type { Terminal } from '../terminal';

/** Tells a person what the engine does: a line for each change, and on a terminal a moving line for each wait.
 * Names and words of brokers come from the network: what a terminal would obey is shown instead.
 */
export interface Narrator {
  title(text: string): void;
  onEvent(event: EngineEvent): void;
  /** Ends the moving line and prints what is true now. */
  conclude(severity: 'info' | 'warning' | 'error', text: string): void;
  /** A line that belongs to the conclusion. */
  detail(text: string): void;
  /** Ends the moving line. */
  done(): void;
}

/** For `--json`: only the result is printed. */
export const silentNarrator: Narrator = { title() {}, onEvent() {}, conclude() {}, detail() {}, done() {} };

export function createNarrator(terminal: Terminal): Narrator {
  const colors = terminal.sayColors;
  let spinner: Ora | undefined;
  const settle = () => {
    spinner?.stop();
    spinner = undefined;
  };
  const wait = (text: string) => {
    if (!terminal.live) return;
    spinner ??= ora({ stream: process.stderr, indent: 2, discardStdin: false }).start();
    spinner.text = visible(text);
  };
  const marks = {
    info: colors.green('✔'),
    warning: colors.yellow('!'),
    error: colors.red('✘'),
  };
  return {
    title(text) {
      settle();
      terminal.say(`${colors.bold(visible(text))}\n`);
    },
    onEvent(event) {
      switch (event.type) {
        case 'look':
          wait(`${event.broker}: ${event.text}`);
          break;
        case 'change':
          settle();
          terminal.say(`  ${colors.cyan(event.broker)}: ${visible(event.text)}\n`);
          break;
        case 'progress':
          wait(
            `${event.copied.toLocaleString('en-US')} of ${event.total.toLocaleString('en-US')} messages copied`,
          );
          break;
      }
    },
    conclude(severity, text) {
      settle();
      terminal.say(`  ${marks[severity]} ${visible(text)}\n`);
    },
    detail(text) {
      terminal.say(`    ${visible(text)}\n`);
    },
    done: settle,
  };
}
