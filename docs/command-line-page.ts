/** The page of the command line, from the program itself. */
import type { Argument, Command, Option } from 'commander';
import { createProgram } from '../server/cli/program';
import { examplesOf } from '../server/cli/register/examples';
import { type ExitWords, exitWordsOf } from '../server/cli/register/exit-words';
import { commandGroups, defaultOf } from '../server/cli/register/help';
import { processTerminal } from '../server/cli/terminal';

export function commandLinePage(): string {
  const { commands } = createProgram(processTerminal());
  const documented = commands.filter((command) => command.name() !== 'help');
  const named = new Set(commandGroups.flatMap(([, names]) => names));
  const groups = commandGroups.map(([heading, names]) => {
    const members =
      names.length > 0
        ? documented.filter((command) => names.includes(command.name()))
        : documented.filter((command) => !named.has(command.name()));
    return `## ${heading.replace(/:$/, '')}\n\n${members.map(commandSection).join('\n')}`;
  });
  return `${introduction}\n${groups.join('\n')}`;
}

const introduction = `# The command line

Made from the program itself: \`qpidha help COMMAND\` says the same. Colours follow \`NO_COLOR\` and \`FORCE_COLOR\`; rule
ids are links in terminals that have links, unless \`FORCE_HYPERLINK=0\`.

\`qpidha completion bash\`, \`zsh\` or \`fish\` prints a script that completes commands, options, their values, ids of rules
and names of broker options.
`;

function commandSection(command: Command): string {
  const name = command.name();
  const parts = [
    `### qpidha ${name}\n`,
    `${escaped(command.description().replaceAll('\n', ' '))}\n`,
    `\`\`\`sh\nqpidha ${name} ${command.usage()}\n\`\`\`\n`,
    ...table('argument', command.registeredArguments.map(argumentRow)),
    ...table('option', command.options.map(optionRow)),
    ...table('exit code', exitRows(exitWordsOf(name))),
    ...examples(name),
  ];
  return parts.join('\n');
}

type Row = readonly [string, string];

function table(heading: string, rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return [];
  return [
    `| ${heading} | means |\n| --- | --- |\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`,
  ];
}

function argumentRow(argument: Argument): Row {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  const shown = argument.required ? `<${name}>` : `[${name}]`;
  return [`\`${shown}\``, described(argument.description, argument)];
}

function optionRow(option: Option): Row {
  return [`\`${option.flags}\``, described(option.description, option)];
}

function described(
  description: string,
  {
    argChoices,
    defaultValue,
  }: { readonly argChoices?: readonly string[] | undefined; readonly defaultValue?: unknown },
): string {
  const fallback = defaultOf({ defaultValue });
  const choices =
    argChoices === undefined ? '' : `: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`;
  return `${escaped(description)}${choices}${fallback === undefined ? '' : `. Default: \`${fallback}\``}`;
}

function exitRows(words: ExitWords): readonly Row[] {
  return words.map(([code, text]) => [String(code), escaped(text)]);
}

function examples(command: string): readonly string[] {
  const lines = examplesOf(command);
  if (lines.length === 0) return [];
  const width = Math.max(...lines.map(([line]) => line.length));
  return [
    `\`\`\`sh\n${lines.map(([line, purpose]) => `${line.padEnd(width)}  # ${purpose}`).join('\n')}\n\`\`\`\n`,
  ];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
