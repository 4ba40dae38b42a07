import picocolors from 'picocolors';
import type { Terminal } from '../../server/cli/terminal';

/** A terminal that remembers what is printed; without colours and links where nothing else is said. */
export class RecordedTerminal implements Terminal {
  printed = '';
  said = '';
  readonly live = false;
  readonly outColors: Terminal['outColors'];
  readonly sayColors = picocolors.createColors(false);
  readonly outLink: Terminal['outLink'];
  readonly outWidth: number | undefined;
  readonly cwd: string;
  readonly environment = {};

  constructor({
    colors = false,
    width,
    link = (text) => text,
    cwd = process.cwd(),
  }: {
    readonly colors?: boolean;
    readonly width?: number;
    readonly link?: Terminal['outLink'];
    readonly cwd?: string;
  } = {}) {
    this.outColors = picocolors.createColors(colors);
    this.outWidth = width;
    this.outLink = link;
    this.cwd = cwd;
  }

  readonly out = (text: string): void => {
    this.printed += text;
  };

  readonly say = (text: string): void => {
    this.said += text;
  };
}
