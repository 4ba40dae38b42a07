type Environment = Readonly<Record<string, string | undefined>>;

/** Makes a text a link. */
export type Link = (text: string, url: string) => string;

/** The text alone. */
export const plainLink: Link = (text) => text;

/** The escape sequence OSC 8, which terminals that know it show as a link. */
export const terminalLink: Link = (text, url) => `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;

/**
 * Whether a terminal shows links, by what it tells of itself. Those that do not know them would, most of them, show
 * nothing odd; some, and the logs of build machines, show the sequence.
 */
export function showsLinks(isTerminal: boolean, environment: Environment): boolean {
  const { FORCE_HYPERLINK, CI, NO_COLOR, TERM } = environment;
  if (FORCE_HYPERLINK !== undefined && FORCE_HYPERLINK !== '') return FORCE_HYPERLINK !== '0';
  if (!isTerminal || isSet(CI) || isSet(NO_COLOR) || TERM === 'dumb' || isSet(environment.TEAMCITY_VERSION))
    return false;
  return marks.some((mark) => mark(environment));
}

const programs: ReadonlySet<string> = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio']);

const kinds: ReadonlySet<string> = new Set(['xterm-kitty', 'xterm-ghostty', 'alacritty', 'foot', 'wezterm']);

/** The first release of the terminals on VTE, such as that of GNOME, that has them without faults: 0.50.1. */
const firstVte = 5001;

const marks: readonly ((environment: Environment) => boolean)[] = [
  ({ TERM_PROGRAM }) => TERM_PROGRAM !== undefined && programs.has(TERM_PROGRAM),
  ({ TERM }) => TERM !== undefined && kinds.has(TERM),
  ({ VTE_VERSION }) => Number(VTE_VERSION) >= firstVte,
  ({ WT_SESSION }) => isSet(WT_SESSION),
  ({ KONSOLE_VERSION }) => isSet(KONSOLE_VERSION),
];

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
