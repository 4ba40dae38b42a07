// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are scripts of the shell.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromScripts } from '../../server/import/from-script';
import { isWhole } from '../../server/import/imported';
import { writeManifest } from '../../server/import/write';
import { parseManifest } from '../../server/manifest/manifest-document';
import { manifestRules } from '../../server/manifest/rules';
import { documentFromText } from '../../server/text/document';
import { errorsIn } from '../../server/text/rule';
import fc from '../support/fast-check';

function importOf(script: string, given: Readonly<Record<string, string>> = {}) {
  return fromScripts(
    [{ name: 'x.sh', source: documentFromText('x.sh', script) }],
    new Map(Object.entries(given)),
  );
}

/** `queue: from → to`, with addresses; and reasons, with their places. */
function told(script: string, given: Readonly<Record<string, string>> = {}) {
  const { draft } = importOf(script, given);
  const addresses = new Map(draft.brokers.map(({ name, address }) => [name, address]));
  return {
    replications: draft.replications.map(
      ({ queue, from, to, create }) =>
        `${queue}: ${addresses.get(from)} → ${addresses.get(to)}${create === undefined ? '' : `, ${create}`}`,
    ),
    omissions: draft.omissions.map(
      ({ place, reason }) => `${place === undefined ? '' : `${place.slice(5)} `}${reason}`,
    ),
  };
}

const understood: readonly (readonly [script: string, ...replications: readonly string[]])[] = [
  ['qpid-ha replicate -b node2 node1 q', 'q: node1 → node2, never'],
  ['qpid-ha -b node2:5673 replicate node1:5674 q', 'q: node1:5674 → node2:5673, never'],
  ['qpid-ha replicate node1 q --broker=node2 --timeout 3', 'q: node1 → node2, never'],
  ['qpid-ha replicate node1 q --br node2', 'q: node1 → node2, never'],
  ['qpid-ha replicate node1 q', 'q: node1 → localhost, never'],
  ['qpid-ha --config x replicate -bnode2 node1 q', 'q: node1 → node2, never'],
  ['qpid-config -a node2 add queue q --start-replica node1', 'q: node1 → node2'],
  ['qpid-config add queue q --start-replica=node1 -b node3 -a node2', 'q: node1 → node2'],
  ['qpid-config --broker node2 --start-r node1 add queue --durable q', 'q: node1 → node2'],
  ['qpid-config -rb node2 add queue q --start-replica node1 --argument a=b', 'q: node1 → node2'],
  ['qpid-config -- add queue q', ...[]],
  ['qpid-config -b n add queue -- -q', ...[]],
  ['qpid-config -b guest/geheim@node2 add queue q --start-replica node1', 'q: node1 → node2'],
  ['qpid-config -b node2 add queue q --start-replica node1,east1', 'q: node1,east1 → node2'],
  [
    'qpidha replicate -b node2 node1 q; qpidha add queue p -b node2 --start-replica node1',
    'q: node1 → node2, never',
    'p: node1 → node2',
  ],
  ['qpidha start --queue q --origin node1 --replica node2', 'q: node1 → node2'],
  ['sudo -u qpidd timeout -k 3 10 /usr/bin/qpid-ha replicate -b node2 node1 q', 'q: node1 → node2, never'],
  ['env A=b python2 ./qpid-config -b node2 add queue q --start-replica node1', 'q: node1 → node2'],
  ['C="qpid-config -a node2"\n$C add queue q --start-replica node1', 'q: node1 → node2'],
  ['qpid-ha replicate -b node2 node1 q; qpid-ha replicate -b node2:5672 node1 q', 'q: node1 → node2, never'],
  ['qpid-config -b $X queues; qpid-ha -b $X status; qpid-config -b n add exchange topic $X', ...[]],
  ['echo qpid-ha replicate node1 q; # qpid-ha replicate node1 q', ...[]],
  [
    'qpid-config del queue q -b node2\nqpid-config -b node2 add queue q --start-replica node1',
    'q: node1 → node2',
  ],
];

const omitted: readonly (readonly [script: string, ...reasons: readonly string[]])[] = [
  [
    'qpid-ha replicate -b node2 node1',
    '1:1 qpid-ha refuses it: "replicate" is followed by the address of the origin and the queue, nothing else.',
  ],
  ['  qpid-ha replicate -b node2 $NODE1 q', '1:3 "NODE1" is not set in this script.'],
  ['qpid-ha replicate -b `hostname` node1 q', '1:1 an argument depends on a command substitution.'],
  [
    'qpid-ha --config x replicate node1 q',
    '1:1 the port of its broker stands in the file of --config: name the broker with -b.',
  ],
  ['qpid-ha --con x replicate node1 q --bogus', '1:1 qpid-ha refuses it: there is no option "--bogus".'],
  [
    'qpid-ha replicate -b node2 node1 q --timeout',
    '1:1 qpid-ha refuses it: a value is missing after "--timeout".',
  ],
  [
    'qpid-config --ssl x add queue q --start-replica n',
    '1:1 qpid-config refuses it: the option "--ssl" may mean several.',
  ],
  [
    'qpid-config --durable=yes add queue q --start-replica n',
    '1:1 qpid-config refuses it: the option "--durable" takes no value.',
  ],
  ['qpid-config $OPTIONS add queue q --start-replica n', '1:1 "OPTIONS" is not set in this script.'],
  ['qpid-config add queue q --start-replica n "$@"', '1:1 "$@" is an argument of this script.'],
  ['qpid-ha replicate -b node2 node1 ""', '1:1 the name of the queue is empty.'],
  [
    'qpid-ha replicate -b node2 node1:x q',
    '1:1 the address of the origin is wrong: a port number (0 to 65535) must follow ":".',
  ],
  ['$HA replicate -b node2 node1 q', '1:1 what is run here is not known: "HA" is not set in this script.'],
  ['ssh node2 "qpid-ha replicate node1 q"', '1:1 it is run by "ssh", elsewhere or later.'],
  ['ssh node2 <<E\nls\n  qpid-ha replicate node1 q\nE', '3:3 it is text that is given to another command.'],
  ['f() {\n qpid-ha replicate node1 q\n}', '2:2 as far as this script shows, it is never run.'],
  ['exit; qpid-ha replicate node1 q', '1:7 as far as this script shows, it is never run.'],
  [
    'if x; then\n qpid-ha replicate -b node2 node1 q\nfi',
    '2:2 a condition decides whether it is run ("q" from node1 to node2).',
  ],
  [
    'qpid-config -b node2 add queue q --start-replica node1\nqpid-config -b node2 del queue q',
    '1:1 "q" is deleted again in line 2.',
  ],
  [
    'qpid-ha replicate -b node2 node1 q\n[ x ] && qpid-config -b node2 del exchange qpid.ha-q:q',
    '1:1 "q" may be deleted again in line 2.',
  ],
  [
    'qpid-ha replicate -b node1 node1:5672 q',
    '1:1 The origin and the replica are both on "node1": replicate to another broker.',
  ],
  [
    'qpid-config -b node2 queues q || qpid-config -b node2 add queue q --start-replica node1',
    '1:34 a condition decides whether it is run ("q" from node1 to node2).',
  ],
  ["trap 'qpid-config -b node2 del queue q' EXIT", '1:1 it is run by "trap", elsewhere or later.'],
  [
    'fi\nqpid-ha replicate -b node2 node1 q',
    '1:1 "fi" is not expected here.',
    '2:1 the shell may give up in line 1.',
  ],
  [
    "qpid-ha replicate -b node1 'node2 q",
    '1:28 this quote is not closed.',
    '1:1 qpid-ha refuses it: "replicate" is followed by the address of the origin and the queue, nothing else.',
  ],
];

describe('a manifest from a script', () => {
  for (const [script, ...replications] of understood) {
    test(`has what is understood: ${JSON.stringify(script)}`, () => {
      assert.deepEqual(told(script), { replications, omissions: [] });
      assert.ok(isWhole(importOf(script)));
    });
  }

  for (const [script, ...reasons] of omitted) {
    test(`tells what is not: ${JSON.stringify(script)}`, () => {
      const { replications, omissions } = told(script);
      assert.deepEqual(replications, []);
      assert.deepEqual([...omissions].sort(), [...reasons].sort());
      assert.ok(!isWhole(importOf(script)));
    });
  }

  test('takes addresses that have a member in common for one broker', () => {
    const script =
      'qpid-ha replicate -b node2 east2 a; qpid-ha replicate -b node2 east1,east2,east3 b; qpid-ha replicate -b east3:5672 node1 c';
    assert.deepEqual(told(script).replications, [
      'a: east1,east2,east3 → node2, never',
      'b: east1,east2,east3 → node2, never',
      'c: node1 → east1,east2,east3, never',
    ]);
    assert.deepEqual(
      importOf(script).draft.brokers.map(({ name }) => name),
      ['east', 'node2', 'node1'],
    );
  });

  test('keeps the transport of a link that differs', () => {
    const script = 'qpid-ha replicate -b node1 node2 a; qpid-ha replicate -b node3 ssl:node1 b';
    assert.deepEqual(
      importOf(script).draft.replications.map(({ linkAddress }) => linkAddress),
      [undefined, 'ssl:node1:5672'],
    );
  });

  test('takes variables and arguments from outside', () => {
    const script = 'qpid-ha replicate -b $1 ${ORIGIN:-node1} q';
    assert.deepEqual(told(script, { '1': 'node2', ORIGIN: 'node3' }).replications, [
      'q: node3 → node2, never',
    ]);
  });

  test('never shows a login', () => {
    const script =
      'qpid-ha replicate -b "us/se cret@node2" user:secret@node1 "$Q"\nqpid-config -b guest/secret@n add queue q --start-replica $X/secret@y';
    const text = writeManifest(importOf(script).draft);
    assert.doesNotMatch(text, /secret|se cret|guest|user/);
    assert.match(text, /# {5}qpid-ha replicate -b …@node2" …@node1 "\$Q"/);
  });

  test('is free of errors, and whatever is in a script stays in its line', () => {
    const piece = fc.constantFrom(
      ...[
        'qpid-ha',
        'replicate',
        '-b',
        'n1',
        'n2:1',
        '"n3,n4"',
        'q',
        '"\\\nq: x #"',
        "'é\u2028'",
        '$X',
        '\n',
        ';',
        '$(x)',
      ],
      ...[
        'qpid-config',
        'add',
        'queue',
        'del',
        '--start-replica',
        'if x; then',
        'fi',
        'for q in a b; do',
        'done',
        '~',
        '&&',
      ],
      ...[
        "''",
        '"yes"',
        '- x',
        '[::1]:5',
        'ssl:n1',
        '127.0.0.1',
        'a/b@n5',
        'X=n1',
        '\u0007',
        '<<E',
        'E',
        '{',
        '}',
      ],
    );
    const call = fc.tuple(piece, piece, piece).map(([a, b, c]) => `qpid-ha replicate -b ${a} ${b} ${c}\n`);
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, call), { maxLength: 30 }), (pieces) => {
        const { draft } = importOf(pieces.join(' '));
        if (draft.brokers.length === 0) return;
        const document = parseManifest(documentFromText('x.qpid.yaml', writeManifest(draft)));
        assert.deepEqual(errorsIn(manifestRules, document), []);
        const { replications } = document.manifest;
        assert.deepEqual(
          replications.map(({ queue, from, to }) => [queue?.value, from?.value, to?.value]),
          draft.replications.map(({ queue, from, to }) => [queue, from, to]),
        );
      }),
      { numRuns: 500 },
    );
  });
});
