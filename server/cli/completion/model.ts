import type { Argument, Command, Option } from 'commander';

/** What may be typed, as a script for a shell needs it. */
export interface CompletionModel {
  readonly commands: readonly CompletedCommand[];
  /** Lists that several commands use, by their names. */
  readonly lists: Readonly<Record<ListName, readonly string[]>>;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly args: readonly CompletedArgument[];
}

export interface CompletedOption {
  /** `-b`, `--broker`. */
  readonly names: readonly string[];
  readonly summary: string;
  /** Undefined where it takes no value. */
  readonly value: Values | undefined;
  readonly isRepeatable: boolean;
}

export interface CompletedArgument {
  readonly name: string;
  readonly value: Values;
  readonly isVariadic: boolean;
}

/** What stands for a value. */
export type Values =
  /** Nobody can guess. */
  | { readonly kind: 'free' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** A word, or a word with `=` and a file. */
  | { readonly kind: 'words-to-files'; readonly words: readonly string[] }
  /** A word of the list, `=`, and one of these words. */
  | { readonly kind: 'assignment'; readonly list: ListName; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly list: ListName }
  | { readonly kind: 'files' }
  | { readonly kind: 'folders' };

/** `rules`: ids, and areas as `ha/*`. `topics`: all that can be explained. */
export type ListName = 'rules' | 'topics' | 'areas' | 'commands';

export interface Knowledge {
  readonly rules: readonly string[];
  readonly topics: readonly string[];
  readonly areas: readonly string[];
  readonly formats: readonly string[];
  readonly levels: readonly string[];
}

const free: Values = { kind: 'free' };

/** What stands for a value, by the name that help gives it; of what is not here nobody can guess the value. */
function byPlaceholder({ formats, levels }: Knowledge): Readonly<Record<string, Values>> {
  const files: Values = { kind: 'files' };
  return {
    file: files,
    files,
    paths: files,
    manifest: files,
    script: files,
    scripts: files,
    'plan-or-queues': files,
    folder: { kind: 'folders' },
    names: { kind: 'list', list: 'topics' },
    areas: { kind: 'list', list: 'areas' },
    rule: { kind: 'list', list: 'rules' },
    command: { kind: 'list', list: 'commands' },
    'id=level': { kind: 'assignment', list: 'rules', words: levels },
    'name[=file]': { kind: 'words-to-files', words: formats },
  };
}

/** Reads a program, so that no script knows anything that the program does not. */
export function completionModel(program: Command, knowledge: Knowledge): CompletionModel {
  const values = byPlaceholder(knowledge);
  const { rules, topics, areas } = knowledge;
  return {
    commands: program.commands.map((command) => ({
      name: command.name(),
      summary: command.summary(),
      options: [...command.options.map((option) => completedOption(option, values)), help],
      args: command.registeredArguments.map((argument) => completedArgument(argument, values)),
    })),
    lists: { rules, topics, areas, commands: program.commands.map((command) => command.name()) },
  };
}

const help: CompletedOption = {
  names: ['-h', '--help'],
  summary: 'display help for command',
  value: undefined,
  isRepeatable: false,
};

function completedOption(option: Option, values: Readonly<Record<string, Values>>): CompletedOption {
  const { short, long, description, flags, argChoices, defaultValue } = option;
  const placeholder = /[<[](.*?)\.{0,3}[>\]]$/.exec(flags)?.[1];
  return {
    names: [short, long].filter((name) => name !== undefined),
    summary: description,
    value: placeholder === undefined ? undefined : valuesOf(placeholder, argChoices, values),
    isRepeatable: Array.isArray(defaultValue) || /repeatable|several times/.test(description),
  };
}

function completedArgument(argument: Argument, values: Readonly<Record<string, Values>>): CompletedArgument {
  return {
    name: argument.name(),
    value: valuesOf(argument.name(), argument.argChoices, values),
    isVariadic: argument.variadic,
  };
}

function valuesOf(
  placeholder: string,
  choices: readonly string[] | undefined,
  values: Readonly<Record<string, Values>>,
): Values {
  const known = values[placeholder];
  return choices === undefined || known !== undefined ? (known ?? free) : { kind: 'words', words: choices };
}
