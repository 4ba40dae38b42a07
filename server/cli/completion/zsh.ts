import type { CompletedArgument, CompletedCommand, CompletedOption, CompletionModel, Values } from './model';

/** For a file `_qpidha` on the path of functions, and to be sourced. */
export function zshScript({ commands, lists }: CompletionModel): string {
  return `#compdef qpidha
# zsh completion of qpidha

${Object.entries(lists)
  .map(([name, words]) => `_qpidha_${name}() {\n  compadd "$@" -- ${words.map(quote).join(' ')}\n}`)
  .join('\n\n')}

_qpidha() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    '(- *)'{-h,--help}'[display help for command]' \\
    '(- *)'{-V,--version}'[output the version number]' \\
    '1:command:->command' \\
    '*::argument:->argument' && return
  case $state in
    command)
      local -a commands
      commands=(
${commands.map(({ name, summary }) => `        ${quote(`${name}:${summary}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _qpidha ]]; then
  _qpidha "$@"
elif (( $+functions[compdef] )); then
  compdef _qpidha qpidha
fi
`;
}

function commandCase({ name, options, args }: CompletedCommand): string {
  const specs = [...options.map(optionSpec), ...args.map(argumentSpec)];
  return `        ${name})\n          _arguments -S ${specs.map((spec) => `\\\n            ${spec}`).join(' ')}\n          ;;`;
}

function optionSpec({ names, summary, value, isRepeatable }: CompletedOption): string {
  const about = `[${escapeSpec(summary)}]`;
  const message = value === undefined ? '' : `:value:${action(value)}`;
  const forms = names.map((name) =>
    value === undefined ? name : name + (name.startsWith('--') ? '=' : '+'),
  );
  if (isRepeatable) return forms.map((form) => quote(`*${form}${about}${message}`)).join(' ');
  const [only, ...others] = forms;
  if (others.length === 0) return quote(`${only}${about}${message}`);
  return `'(${names.join(' ')})'{${forms.join(',')}}${quote(`${about}${message}`)}`;
}

function argumentSpec({ name, value, isVariadic }: CompletedArgument, index: number): string {
  return quote(`${isVariadic ? '*' : index + 1}:${escapeSpec(name)}:${action(value)}`);
}

function action(value: Values): string {
  switch (value.kind) {
    case 'free':
      return ' ';
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'words-to-files':
      return `{ if compset -P 1 "*="; then _files; else compadd -- ${value.words.join(' ')}; fi }`;
    case 'assignment':
      return `{ if compset -P 1 "*="; then compadd -- ${value.words.join(' ')}; else _qpidha_${value.list} -S =; fi }`;
    case 'list':
      return `_qpidha_${value.list}`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
  }
}

function escapeSpec(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
