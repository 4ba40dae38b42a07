import picocolors from 'picocolors';
import { type Link, plainLink, showsLinks, terminalLink } from './hyperlinks';

/** Where a command prints. Results go to `out`, all that is said about the work to `say`. */
export interface Terminal {
  out(text: string): void;
  say(text: string): void;
  /** True where a person watches `say`, so that a line may move. */
  readonly live: boolean;
  readonly outColors: Colors;
  readonly sayColors: Colors;
  /** Makes a text on `out` a link, where a terminal shows it as one. */
  readonly outLink: Link;
  /** Columns of the terminal that a person watches `out` in; undefined where it goes elsewhere. */
  readonly outWidth: number | undefined;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export type Colors = ReturnType<typeof picocolors.createColors>;

/** The process's own terminal. NO_COLOR and FORCE_COLOR are honoured. */
export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    say: (text) => void process.stderr.write(text),
    // A terminal without a width, as some build machines have, cannot show a line that moves.
    live: process.stderr.isTTY === true && process.stderr.columns > 0,
    outColors: picocolors.createColors(wantsColor(process.stdout)),
    sayColors: picocolors.createColors(wantsColor(process.stderr)),
    outLink: showsLinks(process.stdout.isTTY === true, process.env) ? terminalLink : plainLink,
    outWidth: process.stdout.isTTY === true ? process.stdout.columns || 80 : undefined,
    cwd: process.cwd(),
    environment: process.env,
  };
}

function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return stream.isTTY === true && TERM !== 'dumb';
}
