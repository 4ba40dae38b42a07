import type { Option } from '../catalogue';
import { isBooleanWord } from './environment';
import type { Given, Reading } from './given';

/**
 * Options that mean *yes* when they stand alone (Options.cpp optValue(bool)). Of the next word Boost makes a value if
 * it begins with no `-`, which differs between its releases: 1.74 was measured. The other booleans need a value.
 */
const alone: ReadonlySet<string> = new Set([
  'help',
  'version',
  'no-module-dir',
  'no-data-dir',
  'tcp-nodelay',
  'require-encryption',
  'trace',
  'ssl-use-export-policy',
  'ssl-require-client-authentication',
  'ssl-sasl-no-dict',
]);

/** Read by the broker before it loads its modules, when it knows no other options (qpidd.cpp BootstrapOptions). */
function isEarly({ module, name }: Option): boolean {
  return module === 'libqpidcommon' || ['help', 'version', 'config', 'client-config'].includes(name);
}

/**
 * Reads the arguments after the name of the program, as boost's parser does for the broker. It reads them twice. The
 * first time most options are unknown and take no value, so that a value such as `--log-prefix` counts as an option.
 */
export function readCommandLine(args: readonly string[], known: readonly Option[]): Reading {
  const early = new CommandLineReader(args, known.filter(isEarly), true).read();
  const full = new CommandLineReader(args, known, false).read();
  return { ...full, problems: [...new Set([...early.problems, ...full.problems])] };
}

class CommandLineReader {
  private readonly given: Given[] = [];
  private readonly problems: string[] = [];
  private readonly notes: string[] = [];
  private at = 0;
  /** The switch before, which takes no value. */
  private previous: { readonly argument: string; readonly option: Option } | undefined;

  constructor(
    private readonly args: readonly string[],
    private readonly known: readonly Option[],
    private readonly lenient: boolean,
  ) {}

  read(): Reading {
    while (this.at < this.args.length) {
      const word = this.args[this.at] ?? '';
      this.at += 1;
      const before = this.previous;
      this.previous = undefined;
      if (word === '--') {
        const left = this.args.length - this.at;
        if (left > 0) this.notes.push(`${left === 1 ? 'A word' : `${left} words`} after "--" are not read.`);
        break;
      }
      if (word.startsWith('--')) this.long(word);
      else if (word.length >= 2 && word.startsWith('-')) this.short(word);
      else this.stray(word, before);
    }
    return { given: this.given, problems: this.problems, notes: this.notes };
  }

  private long(word: string): void {
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const argument = `--${name}`;
    const option = this.named(name);
    if (option === undefined) return;
    if (equals === word.length - 1) {
      this.problems.push(`"${argument}=" has no value: on the command line one must follow "=".`);
      return;
    }
    this.take(option, argument, equals < 0 ? undefined : word.slice(equals + 1));
  }

  /** `-p 5672` and `-p5672`; options without a value can stand together: `-dc`. */
  private short(word: string): void {
    const argument = word.slice(0, 2);
    const option = this.known.find(({ short }) => short === word[1]);
    if (option === undefined) {
      if (!this.lenient) this.problems.push(`The broker knows no option ${argument}.`);
      return;
    }
    const rest = word.slice(2);
    if (option.type.kind === 'switch' && rest !== '') {
      this.take(option, argument, undefined);
      this.short(`-${rest}`);
      return;
    }
    this.take(option, argument, rest === '' ? undefined : rest);
  }

  /** A full name, or the start of exactly one. */
  private named(name: string): Option | undefined {
    const exact = this.known.find((option) => option.name === name);
    if (exact !== undefined) return exact;
    const starting = name === '' ? [] : this.known.filter((option) => option.name.startsWith(name));
    if (starting.length === 1 || (starting.length === 0 && this.lenient)) return starting[0];
    this.problems.push(
      starting.length === 0
        ? `The broker knows no option --${name}.`
        : `--${name} could be ${starting.map((option) => `--${option.name}`).join(', ')}.`,
    );
    return undefined;
  }

  private take(option: Option, argument: string, adjacent: string | undefined): void {
    const isSwitch = option.type.kind === 'switch';
    if (isSwitch && adjacent !== undefined) {
      this.problems.push(`${argument} takes no value on the command line.`);
      return;
    }
    if (adjacent === undefined && isSwitch) {
      if (this.isGiven(option)) this.twice(argument);
      this.previous = { argument, option };
      this.add(option, argument, 'yes');
      return;
    }
    if (adjacent === undefined && alone.has(option.name)) {
      this.flag(option, argument);
      return;
    }
    const text = adjacent ?? this.nextWord(argument);
    if (text === undefined) return;
    if (option.repeatable !== true && this.isGiven(option)) this.twice(argument);
    else this.add(option, argument, text);
  }

  private flag(option: Option, argument: string): void {
    const word = this.args[this.at];
    if (word === undefined || (word.length >= 2 && word.startsWith('-'))) {
      // No value is no second one: boost looks for doubles only among values.
      this.add(option, argument, 'yes');
      return;
    }
    this.at += 1;
    if (isBooleanWord(word))
      this.notes.push(
        `${argument} takes the word "${word}" after it as its value, but with some releases of Boost the broker drops the word and means yes: write ${argument}=${word}.`,
      );
    if (this.isGiven(option)) this.twice(argument);
    else this.add(option, argument, word);
  }

  private isGiven(option: Option): boolean {
    return this.given.some((one) => one.option === option);
  }

  /** The word after an option is its value, whatever it looks like, but for a short option. */
  private nextWord(argument: string): string | undefined {
    const word = this.args[this.at];
    if (word === undefined || (word.length === 2 && this.known.some(({ short }) => word === `-${short}`))) {
      this.problems.push(`${argument} needs a value.`);
      return undefined;
    }
    this.at += 1;
    return word;
  }

  private add(option: Option, argument: string, text: string): void {
    const earlier = this.given.findIndex((one) => one.option === option);
    if (option.repeatable !== true && earlier >= 0) this.given.splice(earlier, 1);
    this.given.push({ option, text, source: { kind: 'command-line', argument } });
  }

  private twice(argument: string): void {
    this.problems.push(`${argument} is given more than once.`);
  }

  /** The word itself is not told: it may be a password. */
  private stray(word: string, before: CommandLineReader['previous']): void {
    if (before !== undefined && isBooleanWord(word)) {
      this.notes.push(
        `The word "${word}" after ${before.argument} is dropped without a message, and ${before.option.name} is yes.`,
      );
    } else this.notes.push('A word that belongs to no option is dropped without a message.');
  }
}
