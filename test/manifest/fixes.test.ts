import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manifestRules } from '../../server/manifest/rules';
import { applyEdits } from '../../server/text/edit';
import type { Finding } from '../../server/text/finding';
import { runRule } from '../../server/text/rule';
import { parse } from './support';

const brokers = 'version: 1\nbrokers:\n  node1: {address: node1}\n  replica: {address: node2}\n';

/** All fixes of one round applied; the text itself where there are none. */
function fixed(text: string): string {
  const findings: Finding[] = [];
  for (const rule of manifestRules) runRule(rule, parse(text), findings);
  return applyEdits(
    text,
    findings.flatMap(({ fix }) => fix?.edits ?? []),
  );
}

describe('the fixes of a manifest', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'keep the quotes of a key',
      '{"version": 1, "brokers": {"a": {"adress": "x"}}}',
      '{"version": 1, "brokers": {"a": {"address": "x"}}}',
    ],
    [
      'add the version in the column of the first key',
      '# c\r\n  brokers: {a: {address: x}}\r\n',
      '# c\r\n  version: 1\r\n  brokers: {a: {address: x}}\r\n',
    ],
    [
      'add the version after a byte order mark',
      '\ufeffbrokers: {a: {address: x}}\n',
      '\ufeffversion: 1\nbrokers: {a: {address: x}}\n',
    ],
    [
      'quote a number as it is written',
      `${brokers}replications: [{queue: 007, from: node1, to: replica}]\n`,
      `${brokers}replications: [{queue: "007", from: node1, to: replica}]\n`,
    ],
    [
      'keep the quotes of a word',
      `${brokers}replications: [{queue: q, from: node1, to: replica, state: 'Stop'}]\n`,
      `${brokers}replications: [{queue: q, from: node1, to: replica, state: 'Stop'}]\n`,
    ],
    [
      'correct a word in its quotes',
      `${brokers}replications: [{queue: q, from: node1, to: replica, state: 'stoped'}]\n`,
      `${brokers}replications: [{queue: q, from: node1, to: replica, state: 'stopped'}]\n`,
    ],
    [
      'remove a login up to its "@"',
      'version: 1\nbrokers: {a: {address: amqps://u/p@x:1}}\n',
      'version: 1\nbrokers: {a: {address: amqps://x:1}}\n',
    ],
    [
      'remove a repetition with its lines',
      `${brokers}replications:\n  - queue: q\n    from: node1\n    to: replica\n  - queue: q # again\n    from: node1\n    to: replica`,
      `${brokers}replications:\n  - queue: q\n    from: node1\n    to: replica\n`,
    ],
  ];
  for (const [name, before, after] of cases) it(name, () => assert.equal(fixed(before), after));

  const uncertain: readonly (readonly [name: string, text: string])[] = [
    [
      'a key that is spelled with escapes',
      '{"version": 1, "brokers": {"t\\\\": {"address": "x"}}, "replications": [{"t\\\\": 0}]}',
    ],
    ['two logins, which may be a password with "@"', 'version: 1\nbrokers: {a: {address: "u:p@x,u:p@y"}}\n'],
    ['a login behind an alias', 'version: 1\nbrokers: {a: {address: &x "u:p@\\x68"}, b: {address: *x}}\n'],
    [
      'a name that is near two brokers',
      'version: 1\nbrokers: {nodea: {address: a}, nodeb: {address: b}}\nreplications: [{queue: q, from: nodec, to: nodea}, {queue: q, from: nodex, to: x}]\n',
    ],
    [
      'a name that differs in its digits',
      `version: 1\nbrokers: {node1: {address: a}, node2: {address: b}}\nreplications: [{queue: q, from: node1, to: node3}]\n`,
    ],
    ...['a to b', 'dc-a to dc-b', 'nodea to nodeb', 'prod-east to prod-west'].map((names) => {
      const [known = '', unknown = ''] = names.split(' to ');
      return [
        `a name that may be that of another host: ${names}`,
        `version: 1\nbrokers: {${known}: {address: h}, replica: {address: r}}\nreplications: [{queue: q, from: ${unknown}, to: replica}]\n`,
      ] as const;
    }),
    [
      'a repetition that has an anchor',
      `${brokers}replications:\n  - {queue: q, from: node1, to: replica}\n  - &x {queue: q, from: node1, to: replica}\n`,
    ],
    [
      'a repetition within a line',
      `${brokers}replications: [{queue: q, from: node1, to: replica}, {queue: q, from: node1, to: replica}]\n`,
    ],
  ];
  for (const [name, text] of uncertain) it(`leave alone ${name}`, () => assert.equal(fixed(text), text));
});
