// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are scripts of the shell.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { type Call, interpret } from '../../server/shell/interpret';
import { parseScript } from '../../server/shell/parser';
import fc from '../support/fast-check';

/** The calls of `call`, as far as they are known and certain; a reason where not. */
function callsOf(script: string, given: Readonly<Record<string, string>> = {}): readonly string[] {
  const calls: string[] = [];
  interpret(parseScript(script), {
    given: new Map(Object.entries(given)),
    onCall: (call) => {
      if (call.fields[0]?.text === 'call') calls.push(shown(call));
    },
    onLimit: () => calls.push('limit'),
  });
  return calls;
}

function shown({ fields, condition }: Call): string {
  const unknown = fields.find(({ text }) => text === undefined);
  if (condition !== undefined) return `maybe: ${condition}`;
  if (unknown !== undefined) return `unknown: ${unknown.reason}`;
  return fields
    .slice(1)
    .map(({ text }) => `<${text}>`)
    .join('');
}

const set = (name: string) => `unknown: "${name}" is not set in this script`;
const maybe = 'maybe: a condition decides whether it is run';
const noRound = 'maybe: its loop may have no round';

const scripts: readonly (readonly [what: string, script: string, calls: readonly string[]])[] = [
  ['a variable', 'A=x; call $A "${A}y" \'$A\'', ['<x><xy><$A>']],
  ['a variable of variables', 'A=x B=$A-y\ncall $B', ['<x-y>']],
  ['words in a variable', 'A="x  y"; call $A "$A"', ['<x><y><x  y>']],
  ['an empty variable', 'A=; call $A "$A" z', ['<><z>']],
  ['a variable of the environment', 'call $A', [set('A')]],
  ['a default for a variable that is set', 'A=x; call ${A:-y} ${A-y}', ['<x><x>']],
  ['a default for one that is not', 'call ${A:-y}', [set('A')]],
  ['another expansion', 'A=x.y; call ${A%.y}', ['unknown: it depends on ${A%.y}']],
  [
    'a command substitution',
    'A=$(hostname); call $A',
    ['unknown: "A" is not known: it depends on a command substitution'],
  ],
  ['an appended variable', 'A=x; A+=y; call $A', ['<xy>']],
  ['an array', 'A=(x "y z"); A+=(w); call "${A[@]}" ${A[1]} ${A[0]}', ['<x><y z><w><y><z><x>']],
  ['exports', 'export A=x B="y z"; readonly C=$A; call "$B" $C', ['<y z><x>']],
  ['a loop', 'for q in a b "c d"; do call $q "$q"; done', ['<a><a>', '<b><b>', '<c><d><c d>']],
  [
    'loops in loops',
    'for a in 1 2; do for b in x y; do call $a$b; done; done',
    ['<1x>', '<1y>', '<2x>', '<2y>'],
  ],
  ['a loop over a variable', 'Q="a b"\nfor q in $Q\ndo\n  call $q\ndone', ['<a>', '<b>']],
  ['a loop over something unknown', 'for q in $(list); do call $q x; done', [noRound]],
  ['a word that is not known among others', 'for q in a "$B"; do call $q; done', ['<a>', set('B')]],
  ['a loop that counts', 'i=0; while [ $i -lt 3 ]; do call q$i; i=$((i+1)); done', [noRound]],
  ['a condition of a loop', 'until call x; do sleep 1; done; call y', ['<x>', '<y>']],
  ['an if', 'if call a; then call b; else call c; fi; call d', ['<a>', maybe, maybe, '<d>']],
  [
    'a variable that depends on an if',
    'A=x; if y; then A=z; fi; call $A',
    ['unknown: "A" depends on what happens when the script runs'],
  ],
  ['the same in all branches', 'if y; then A=z; else A=z; fi; call $A', ['<z>']],
  ['a branch that ends the script', 'A=x; if y; then A=z; exit 1; fi; call $A', ['<x>']],
  ['a case', 'case $1 in (a) call a;; b|c) call b ;; esac; call d', [maybe, maybe, '<d>']],
  ['success and failure', 'call a && call b || call c; call d', ['<a>', '<b>', maybe, '<d>']],
  [
    'variables of a function',
    'A=a B=b C=c\ng() { call $A $B $C; }\nf() { local A=x B; declare C=z; B=y; g; }\nf; g',
    ['<x><y><z>', '<a><b><c>'],
  ],
  [
    'a variable of a function that is exported',
    'A=a; f() { export A=x; declare -g B=y; }; f; call $A $B',
    ['<x><y>'],
  ],
  ['a number', 'declare -i A=1; A=A+1; call $A', ['unknown: "A" is calculated']],
  [
    'capital letters',
    'f() { local -u A=x; call $A; }; A=y; f; call $A',
    ['unknown: "A" is changed to capital or small letters', '<y>'],
  ],
  [
    'two names of one variable',
    'A=x; declare -n B=A; B=y; call $B; call $A; A=z; call $A',
    [
      'unknown: "B" is another name of a variable',
      'unknown: "A" has another name, "B"',
      'unknown: "A" has another name, "B"',
    ],
  ],
  [
    'a read-only variable',
    'readonly A=x; call $A; A=y; call $A',
    ['<x>', 'unknown: "A" is set again although it is read-only'],
  ],
  [
    'the end of two loops',
    'for a in 1 2; do for b in x y; do call $a$b; break 2; done; done; call z',
    ['<1x>', '<z>'],
  ],
  [
    'the next round of the loop around',
    'for a in 1 2; do for b in x y; do call $a$b; continue 2; done; call $a; done',
    ['<1x>', '<2x>'],
  ],
  [
    'the end of two loops that may come',
    'for a in 1 2; do for b in x; do [ $b ] && break 2; done; call $a; done; call z',
    ['maybe: the loop may not come so far', 'maybe: the loop may not come so far', '<z>'],
  ],
  [
    'the end of the script after a success',
    'call a && exit; call b; (call c && exit)\ncall d',
    [
      '<a>',
      'maybe: the script may have ended before',
      'maybe: the script may have ended before',
      'maybe: the script may have ended before',
    ],
  ],
  [
    'the end of a subshell or a function after a success',
    '(call c && exit; call d); call e; f() { call g && return; call h; }; f; call i; [ x ] && exit; call j',
    [
      '<c>',
      'maybe: the script may have ended before',
      '<e>',
      '<g>',
      'maybe: the script may have ended before',
      '<i>',
      '<j>',
    ],
  ],
  [
    'a function that asks',
    'up() { ping -c1 $1 >/dev/null; }; up x && call a; sudo systemctl is-active x && call b; systemctl start x && call c',
    [maybe, maybe, '<c>'],
  ],
  [
    'a test before',
    '[ -f x ] && call a; test x || call b; [[ $a =~ ^(x|y)$ ]] && call c; (( 1 < 2 )) && call d',
    [maybe, maybe, maybe, maybe],
  ],
  [
    'a variable after a test',
    '[ -n "$A" ] || A=x; call $A',
    ['unknown: "A" depends on what happens when the script runs'],
  ],
  [
    'a subshell',
    'A=x; (A=y; call $A); call $A; A=z | call $A; { A=w; }; call $A',
    ['<y>', '<x>', '<x>', '<w>'],
  ],
  [
    'a function',
    'f() { call "$1" $2 $#; }\nf a "b c"; function g { f "$@"; }; g x y',
    ['<a><b><c><2>', '<x><y><2>'],
  ],
  [
    'a shifted argument',
    'f() { a=$1; shift; for b in "$@"; do call $a $b; done; }; f x y z',
    ['<x><y>', '<x><z>'],
  ],
  ['an argument of the script', 'call $1 "$@"', ['unknown: "$1" is an argument of this script']],
  [
    'a function that calls itself',
    'f() { call x; f; }; f',
    [...Array.from({ length: 30 }, () => '<x>'), 'limit'],
  ],
  ['the end of the script', 'call a; exit 0; call b', ['<a>']],
  ['an end on failure', 'call a || exit 1; call b', ['<a>', '<b>']],
  [
    'a round that is skipped',
    'for q in a b; do if x; then continue; fi; call $q; done; call c',
    ['maybe: the loop may not come so far', 'maybe: the loop may not come so far', '<c>'],
  ],
  ['a loop that ends at once', 'for q in a b; do call $q; break; done', ['<a>']],
  ['another file', 'A=x; . ./env; call $A; A=y; call $A', ['unknown: "A" may be set by ./env', '<y>']],
  ['a variable that is read', 'A=x; read A; call $A', ['unknown: "A" is set by "read"']],
  ['a pattern', 'call *.txt', ['unknown: an argument is a pattern of file names']],
  [
    'a list in braces',
    'call q{1..3}',
    ['unknown: an argument is a list in braces, which not every shell knows'],
  ],
  ['a home folder', 'call ~/x', ['unknown: an argument depends on a home folder']],
  ['a text of its own', 'cat <<END\ncall x\nEND\ncall y <<-"E"\n\t$z\n\tE\ncall z', ['<y>', '<z>']],
  ['redirections', 'call a >x 2>&1 </dev/null b; call c &> x &\ncall d <<< "x y"', ['<a><b>', '<c>', '<d>']],
  ['a variable before a command', 'A=x call $A', [set('A')]],
  ['a choice', 'select q in a b; do call $q; done', [noRound]],
  ['a comment', 'call a # call b\n# call c', ['<a>']],
  [
    'a text that doubles',
    `A=x; ${'A=$A$A; '.repeat(40)}call $A`,
    ['unknown: "A" is not known: it is too long'],
  ],
  [
    'more rounds than are followed',
    `${'for a in 1 2 3 4 5 6 7 8 9 0; do '.repeat(6)}x; ${'done; '.repeat(6)}call a`,
    ['limit'],
  ],
];

describe('what a script calls', () => {
  for (const [what, script, calls] of scripts) {
    test(what, () => assert.deepEqual(callsOf(script), calls));
  }

  test('variables that are given from outside stay as they are', () => {
    assert.deepEqual(
      callsOf('call $A $1; A=y; . x; call $A; f() { call $1; }; f z', { A: 'x', '1': 'one' }),
      ['<x><one>', '<x>', '<z>'],
    );
  });

  test('agrees with bash where all is known', () => {
    const name = fc.constantFrom('A', 'B', 'C');
    const value = fc.constantFrom(
      'x',
      '"y z"',
      "'$A'",
      '$A',
      '"$B"',
      '"${C}w"',
      '',
      'u$A',
      '"$A $B"',
      '\\ ',
      '$A$B',
    );
    const words = fc.array(fc.oneof(value, fc.constant('k')), { maxLength: 4 }).map((all) => all.join(' '));
    const { statement } = fc.letrec<{ statement: string; body: string }>((tie) => ({
      statement: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        words.map((all) => `call ${all}`),
        fc.tuple(name, value).map(([variable, text]) => `${variable}=${text}`),
        fc
          .tuple(name, words)
          .map(([variable, all]) => `${variable}=(${all}); call "\${${variable}[@]}"; ${variable}=x`),
        fc
          .tuple(name, words, tie('body'))
          .map(([variable, all, body]) => `for ${variable} in ${all}; do ${body}; done`),
        tie('body').map((body) => `(${body})`),
        tie('body').map((body) => `{ ${body}; }`),
        fc.tuple(words, tie('body')).map(([all, body]) => `f() { call "$1" $2 "$#"; ${body}; }; f ${all}`),
        fc.tuple(words, tie('body')).map(([all, body]) => `call ${all} && { ${body}; }`),
      ),
      body: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }).map((all) => all.join('; ')),
    }));
    const script = fc.array(statement, { maxLength: 5 }).map((all) => ['A=; B=; C=', ...all].join('\n'));
    fc.assert(
      fc.property(script, (text) => {
        // Functions that call themselves by the name of another never end.
        fc.pre((text.match(/f\(\)/g)?.length ?? 0) < 2);
        const mine = callsOf(text);
        fc.pre(mine.every((call) => !/^(?:unknown|maybe|limit)/.test(call)));
        const stub = 'call() { for a in "$@"; do printf "<%s>" "$a"; done; echo "|"; }';
        const { stdout } = spawnSync('bash', ['--norc'], { input: `${stub}\n${text}\n`, encoding: 'utf8' });
        assert.deepEqual(mine, stdout.split('|\n').slice(0, -1));
      }),
      { numRuns: 300 },
    );
  });
});
