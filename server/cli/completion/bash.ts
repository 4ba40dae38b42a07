import type { CompletedCommand, CompletionModel, ListName, Values } from './model';

/** For bash 3.2, which is that of macOS, and later ones; needs no other package. */
export function bashScript({ commands, lists }: CompletionModel): string {
  const names = commands.map(({ name }) => name);
  return `# bash completion of qpidha

${Object.entries(lists)
  .map(([name, words]) => `_qpidha_list_${name}=${quote(words.join(' '))}`)
  .join('\n')}

${helpers}
# What may stand as value of option $2 of command $1.
_qpidha_value() {
  case "$1 $2" in
${commands.flatMap(optionCases).join('\n')}
  esac
}

_qpidha_takes_value() {
  case "$1" in
${commands.map(valuedCase).join('\n')}
  esac
}

# What may stand as argument number $2 of command $1.
_qpidha_argument() {
  case "$1 $2" in
${commands.flatMap(argumentCases).join('\n')}
  esac
}

_qpidha_options() {
  case "$1" in
${commands.map(({ name, options }) => `    ${name}) _qpidha_words ${quote(options.flatMap(longNames).join(' '))} ;;`).join('\n')}
  esac
}

${main(names)}`;
}

function longNames({ names }: CompletedCommand['options'][number]): readonly string[] {
  return names.filter((name) => name.startsWith('--'));
}

function optionCases({ name, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ names, value }) =>
    value === undefined || value.kind === 'free'
      ? []
      : [`    ${patterns(names.map((option) => `${name} ${option}`))}) ${call(value)} ;;`],
  );
}

function valuedCase({ name, options }: CompletedCommand): string {
  const valued = options.flatMap(({ names, value }) => (value === undefined ? [] : names));
  return `    ${name}) [[ ' ${valued.join(' ')} ' == *" $2 "* ]] ;;`;
}

function argumentCases({ name, args }: CompletedCommand): readonly string[] {
  return args.flatMap(({ value, isVariadic }, index) =>
    value.kind === 'free'
      ? []
      : [`    ${quote(`${name} `)}${isVariadic ? '*' : index + 1}) ${call(value)} ;;`],
  );
}

function patterns(words: readonly string[]): string {
  return words.map(quote).join(' | ');
}

function call(value: Exclude<Values, { readonly kind: 'free' }>): string {
  switch (value.kind) {
    case 'words':
      return `_qpidha_words ${quote(value.words.join(' '))}`;
    case 'words-to-files':
      return `_qpidha_words_to_files ${quote(value.words.join(' '))}`;
    case 'assignment':
      return `_qpidha_assignment ${list(value.list)} ${quote(value.words.join(' '))}`;
    case 'list':
      return `_qpidha_words ${list(value.list)}`;
    case 'files':
      return '_qpidha_files -f';
    case 'folders':
      return '_qpidha_files -d';
  }
}

function list(name: ListName): string {
  return `"$_qpidha_list_${name}"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const helpers = `# Offers those of the words $1 that begin with what is typed.
_qpidha_words() {
  local word
  local -a words
  read -r -a words <<<"$1"
  for word in "\${words[@]}"; do
    [[ $word == "$_qpidha_typed"* ]] && COMPREPLY+=("$word")
  done
}

# Offers files (-f) or folders (-d). Where a name is quoted, readline itself knows best.
_qpidha_files() {
  local name
  while IFS= read -r name; do
    COMPREPLY+=("$name")
  done < <(compgen "$1" -- "$_qpidha_typed")
  if ((\${#COMPREPLY[@]} > 0)); then
    compopt -o filenames 2>/dev/null
  else
    compopt -o default 2>/dev/null
  fi
}

_qpidha_words_to_files() {
  case "$_qpidha_typed" in
    *=*) _qpidha_typed=\${_qpidha_typed#*=} && _qpidha_files -f ;;
    *) _qpidha_words "$1" ;;
  esac
}

_qpidha_assignment() {
  case "$_qpidha_typed" in
    *=*) _qpidha_typed=\${_qpidha_typed#*=} && _qpidha_words "$2" ;;
    *)
      compopt -o nospace 2>/dev/null
      _qpidha_words "\${1// /= }="
      ;;
  esac
}
`;

function main(names: readonly string[]): string {
  return `_qpidha() {
  local _qpidha_typed part command='' number=0 last=0 index skip='' only=''
  local -a words
  COMPREPLY=()
  # Readline parts words at "=", too: they are put together again.
  for ((index = 0; index <= COMP_CWORD; index++)); do
    part=\${COMP_WORDS[index]}
    if ((index > 1)) && [[ $part == = || \${COMP_WORDS[index - 1]} == = ]]; then
      words[last]+=$part
    else
      last=$index
      [[ \${#words[@]} -gt 0 ]] && last=\${#words[@]}
      words[last]=$part
    fi
  done
  for ((index = 1; index < last; index++)); do
    part=\${words[index]}
    if [[ -n $skip ]]; then
      skip=''
    elif [[ -z $only && $part == -- ]]; then
      only=yes
    elif [[ -z $only && $part == -* ]]; then
      [[ $part != *=* ]] && _qpidha_takes_value "$command" "$part" && skip=$part
    elif [[ -z $command ]]; then
      command=$part
    else
      number=$((number + 1))
    fi
  done
  _qpidha_typed=\${words[last]}
  if [[ -n $skip ]]; then
    _qpidha_value "$command" "$skip"
  elif [[ -z $only && $_qpidha_typed == --*=* ]]; then
    part=\${_qpidha_typed%%=*}
    _qpidha_typed=\${_qpidha_typed#*=}
    _qpidha_value "$command" "$part"
  elif [[ -z $command ]]; then
    _qpidha_words ${quote([...names, '--help', '--version'].join(' '))}
  elif [[ -z $only && $_qpidha_typed == -* ]]; then
    _qpidha_options "$command"
  else
    _qpidha_argument "$command" "$((number + 1))"
  fi
}

complete -F _qpidha qpidha
`;
}
