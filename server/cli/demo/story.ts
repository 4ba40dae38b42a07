import ora from 'ora';
import type { Terminal } from '../terminal';

/** Prints a demonstration as a numbered story, with a moving line for what takes a while. */
export interface Story {
  chapter(title: string): void;
  line(text: string): void;
  /** Text of several lines, set apart. */
  quote(text: string): void;
  /** `work` reports how far it is, in percent or in words; on a terminal it is seen moving. */
  progress<Result>(title: string, work: (update: (text: string) => void) => Promise<Result>): Promise<Result>;
}

export function tellStory(terminal: Terminal): Story {
  const colors = terminal.outColors;
  let chapters = 0;
  return {
    chapter(title) {
      chapters += 1;
      terminal.out(`\n${colors.bold(`${chapters}. ${title}`)}\n`);
    },
    line(text) {
      terminal.out(`   ${text}\n`);
    },
    quote(text) {
      const indented = text.trimEnd().replace(/^(?=.)/gm, '   │ ');
      terminal.out(`${indented}\n`);
    },
    async progress(title, work) {
      const spinner = terminal.live
        ? ora({ stream: process.stderr, indent: 3, text: title }).start()
        : undefined;
      try {
        return await work((text) => {
          if (spinner !== undefined) spinner.text = `${title} ${text}`;
        });
      } finally {
        spinner?.stop();
      }
    },
  };
}

/** Something that the demonstration was about to claim is not so. */
export class BrokenPromise extends Error {}

export function expect(kept: boolean, otherwise: string): asserts kept {
  if (!kept) throw new BrokenPromise(otherwise);
}
