/** What a systemd service says about how its broker is called (systemd.service, systemd.exec, systemd.syntax). */
export interface ServiceUnit {
  /** Of `Environment=`; the files come on top. */
  readonly environment: ReadonlyMap<string, string>;
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  /** Names taken away after all. */
  readonly unset: readonly string[];
  /** The words of `ExecStart=`, the program first, before variables are put in. */
  readonly command: readonly Word[];
  /** True after the prefix `:`, which leaves variables alone. */
  readonly literal: boolean;
}

interface Word {
  readonly text: string;
  /** `$NAME` is split at blanks only where it is a whole word without quotes. */
  readonly quoted: boolean;
}

/** True where a file is a unit, and no list of variables. */
export function isServiceUnit(text: string): boolean {
  return /^[ \t]*\[Service\][ \t\r]*$/m.test(text);
}

export function readServiceUnit(text: string): ServiceUnit {
  const environment = new Map<string, string>();
  const environmentFiles: { path: string; optional: boolean }[] = [];
  const unset: string[] = [];
  let command: readonly Word[] = [];
  let literal = false;
  for (const [key, value] of serviceEntries(text)) {
    switch (key) {
      case 'Environment':
        if (value === '') environment.clear();
        for (const word of wordsOf(value)) assign(environment, word.text);
        break;
      case 'EnvironmentFile':
        if (value === '') environmentFiles.length = 0;
        else environmentFiles.push({ path: value.replace(/^-/, ''), optional: value.startsWith('-') });
        break;
      case 'UnsetEnvironment':
        unset.push(...wordsOf(value).map((word) => word.text));
        break;
      case 'ExecStart': {
        const [prefix = ''] = /^[-@:+!|]*/.exec(value) ?? [];
        const [program, ...words] = wordsOf(value.slice(prefix.length));
        // With @ the second word is the name that the program sees.
        command = program === undefined ? [] : [program, ...words.slice(prefix.includes('@') ? 1 : 0)];
        literal = prefix.includes(':');
        break;
      }
    }
  }
  return { environment, environmentFiles, unset, command, literal };
}

/** The arguments of the broker, with variables put in as systemd does: `${NAME}` anywhere, `$NAME` as a word. */
export function argumentsOf(
  { command, literal }: ServiceUnit,
  environment: ReadonlyMap<string, string>,
): readonly string[] {
  const contentOf = (name: string) => environment.get(name) ?? '';
  return command.slice(1).flatMap(({ text, quoted }) => {
    if (literal) return [text];
    const whole = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
    if (whole !== undefined && !quoted) return wordsOf(contentOf(whole)).map((word) => word.text);
    return [
      text.replace(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name?: string) =>
        name === undefined ? '$' : contentOf(name),
      ),
    ];
  });
}

function* serviceEntries(text: string): Generator<readonly [key: string, value: string]> {
  let section = '';
  // A comment between the parts of a continued line is dropped.
  const lines = text.replace(/\\\r?\n(?:[ \t]*[#;][^\n]*\n)*/g, ' ').split(/\r?\n/);
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const header = /^\[(.*)\]$/.exec(trimmed)?.[1];
    if (header !== undefined) section = header;
    const equals = trimmed.indexOf('=');
    if (header === undefined && section === 'Service' && equals > 0)
      yield [trimmed.slice(0, equals).trim(), trimmed.slice(equals + 1).trim()];
  }
}

function assign(environment: Map<string, string>, text: string): void {
  const equals = text.indexOf('=');
  if (equals > 0) environment.set(text.slice(0, equals), text.slice(equals + 1).replaceAll('%%', '%'));
}

/** Words between blanks; quotes hold blanks together, and a backslash takes the next letter as it is. */
function wordsOf(text: string): readonly Word[] {
  const words = text.match(/(?:"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[\s\S]|[^'\\])*'?|\\[\s\S]|[^\s"'\\])+/g) ?? [];
  return words.map((word) => ({
    text: word.replace(
      /"((?:\\[\s\S]|[^"\\])*)"?|'((?:\\[\s\S]|[^'\\])*)'?|\\([\s\S])/g,
      (_, double, single, letter) =>
        letter === undefined ? withoutEscapes(double ?? single ?? '') : unescaped(letter),
    ),
    quoted: /["']/.test(word),
  }));
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, letter: string) => unescaped(letter));
}

function unescaped(letter: string): string {
  return { n: '\n', t: '\t', s: ' ' }[letter] ?? letter;
}
