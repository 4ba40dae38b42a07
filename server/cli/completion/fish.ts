import type { CompletedCommand, CompletedOption, CompletionModel, Values } from './model';

export function fishScript({ commands, lists }: CompletionModel): string {
  return `# fish completion of qpidha

function __qpidha_command
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or begin
            echo $word
            return 0
        end
    end
    return 1
end

function __qpidha_is
    test (__qpidha_command; or echo) = $argv[1]
end

${Object.entries(lists)
  .map(([name, words]) => `function __qpidha_${name}\n    printf '%s\\n' ${words.map(quote).join(' ')}\nend`)
  .join('\n\n')}

# Words of the list $argv[1], each with "=" and one of the others.
function __qpidha_assign
    set -l typed (commandline -ct | string replace -r '^--[a-z-]+=' '')
    set -l name (string split -m 1 = -- $typed)
    if test (count $name) -gt 1
        printf "$name[1]=%s\\n" $argv[2..-1]
    else
        __qpidha_$argv[1] | string replace -r '$' =
    end
end

complete -c qpidha -f
complete -c qpidha -n 'not __qpidha_command >/dev/null' -s h -l help -d 'display help for command'
complete -c qpidha -n 'not __qpidha_command >/dev/null' -s V -l version -d 'output the version number'
${commands.map(({ name, summary }) => `complete -c qpidha -n 'not __qpidha_command >/dev/null' -a ${name} -d ${quote(summary)}`).join('\n')}
${commands.flatMap(commandLines).join('\n')}
`;
}

function commandLines({ name, options, args }: CompletedCommand): readonly string[] {
  const start = `complete -c qpidha -n '__qpidha_is ${name}'`;
  const positions = [
    ...new Set(args.map(({ value }) => argumentWords(value)).filter((words) => words !== '')),
  ];
  return [
    ...options.map((option) => `${start}${optionWords(option)}`),
    ...positions.map((words) => `${start}${words}`),
  ];
}

function optionWords({ names, summary, value }: CompletedOption): string {
  const forms = names.map((name) =>
    name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`,
  );
  return `${forms.join('')}${value === undefined ? '' : valueWords(value)} -d ${quote(summary)}`;
}

function valueWords(value: Values): string {
  switch (value.kind) {
    case 'free':
      return ' -x';
    case 'files':
      return ' -r -F';
    case 'folders':
      return " -x -a '(__fish_complete_directories)'";
    case 'words':
    case 'words-to-files':
    case 'assignment':
    case 'list':
      return ` -x${argumentWords(value)}`;
  }
}

/** Nothing where nobody can guess. */
function argumentWords(value: Values): string {
  switch (value.kind) {
    case 'free':
      return '';
    case 'words':
    case 'words-to-files':
      return ` -a ${quote(value.words.join(' '))}`;
    case 'assignment':
      return ` -a ${quote(`(__qpidha_assign ${value.list} ${value.words.join(' ')})`)}`;
    case 'list':
      return ` -a '(__qpidha_${value.list})'`;
    case 'files':
      return ' -F';
    case 'folders':
      return " -a '(__fish_complete_directories)'";
  }
}

/** In single quotes fish knows two escapes. */
function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
