import type { Command, Option } from 'commander';
import { examplesOf } from './examples';
import { allExitWords, type ExitWords, exitWordsOf } from './exit-words';

/** The commands by what they are for; those of no group are of the last. */
export const commandGroups: readonly (readonly [heading: string, commands: readonly string[]])[] = [
  ['Files:', ['lint', 'init', 'effective', 'test', 'explain', 'rules']],
  ['Live brokers:', ['start', 'stop', 'status', 'verify', 'rebuild', 'cutover', 'reverse']],
  ['Manifests on live brokers:', ['plan', 'apply', 'watch', 'import']],
  ["Like the broker's own tools:", ['replicate', 'add']],
  ['More:', []],
];

/** Options of commands that have many, by what they are for; those of no group are under "Options:". */
const optionGroups: Readonly<
  Record<string, readonly (readonly [heading: string, flags: readonly string[]])[]>
> = {
  lint: [
    ['What is checked:', ['--stdin-filename', '--no-gitignore', '--list-files', '--verbose', '--watch']],
    [
      'What counts:',
      ['--fail-on', '--config', '--no-config', '--rule', '--print-config', '--no-inline-config'],
    ],
    ['What is known already:', ['--baseline', '--update-baseline', '--prune-baseline', '--strict-baseline']],
    ['What is printed:', ['--format']],
    ['Fixes:', ['--fix', '--dry-run']],
  ],
};

/** How help is written: defaults only where they tell something, and lines as wide as the terminal. */
export const helpStyle = {
  optionDescription(option: Option): string {
    const { description, argChoices } = option;
    const notes = [
      ...(argChoices === undefined ? [] : [`one of: ${argChoices.join(', ')}`]),
      ...(defaultOf(option) === undefined ? [] : [`default: ${defaultOf(option)}`]),
    ];
    return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
  },
  commandDescription: (command: Command): string => command.description().replaceAll('\n', ' '),
};

/** What is meant where an option is not given, as one would type it; undefined where that is nothing. */
export function defaultOf({ defaultValue }: Pick<Option, 'defaultValue'>): string | undefined {
  if (Array.isArray(defaultValue)) return defaultValue.length === 0 ? undefined : defaultValue.join(' ');
  return defaultValue === undefined || typeof defaultValue === 'boolean' ? undefined : String(defaultValue);
}

/** Gives every command its group, its exit codes and its examples. To be called when all commands are there. */
export function addHelp(program: Command): void {
  addHelpCommand(program);
  const last = commandGroups.at(-1)?.[0] ?? '';
  for (const command of program.commands) {
    const name = command.name();
    command.helpGroup(commandGroups.find(([, names]) => names.includes(name))?.[0] ?? last);
    groupOptions(command);
    command.addHelpText('after', () => exitText(exitWordsOf(name)) + exampleText(name));
  }
  program.addHelpText(
    'after',
    () => `${exitText(allExitWords)}\n"qpidha help COMMAND" tells more of a command.`,
  );
}

function addHelpCommand(program: Command): void {
  program
    .helpCommand(false)
    .command('help')
    .summary('show the commands, or the options of one')
    .description('Shows the commands, or the options, exit codes and examples of one.')
    .argument('[command]', 'a command')
    .action(async (name: string | undefined) => {
      const wanted =
        name === undefined ? program : program.commands.find((command) => command.name() === name);
      if (wanted !== undefined) return wanted.help();
      // It says what is wrong, and what may have been meant.
      await program.parseAsync([name ?? ''], { from: 'user' });
    });
}

function groupOptions(command: Command): void {
  for (const [heading, flags] of optionGroups[command.name()] ?? []) {
    for (const option of command.options) {
      if (flags.includes(option.long ?? '')) option.helpGroup(heading);
    }
  }
}

function exitText(words: ExitWords): string {
  return `\nExit codes:\n${words.map(([code, text]) => `  ${code}  ${text}`).join('\n')}\n`;
}

function exampleText(command: string): string {
  const examples = examplesOf(command);
  if (examples.length === 0) return '';
  return `\nExamples:\n${examples.map(([line, purpose]) => `  ${line}\n      ${purpose}`).join('\n')}\n`;
}
