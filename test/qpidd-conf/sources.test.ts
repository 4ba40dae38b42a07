import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokerOptions } from '../../server/qpidd-conf/catalogue';
import { readCommandLine } from '../../server/qpidd-conf/sources/command-line';
import { readEnvironment, variableOf } from '../../server/qpidd-conf/sources/environment';
import { readEnvironmentFile } from '../../server/qpidd-conf/sources/environment-file';
import { argumentsOf, isServiceUnit, readServiceUnit } from '../../server/qpidd-conf/sources/systemd-unit';
import fc from '../support/fast-check';

const files: readonly [title: string, text: string, variables: Readonly<Record<string, string>>][] = [
  ['plain lines', 'A=1\nB=two words\n', { A: '1', B: 'two words' }],
  ['comments and blank lines', '# A=1\n; B=2\n\n  \t\n C=3', { C: '3' }],
  ['a continued comment', '# A=1 \\\nB=2\nC=3\n', { C: '3' }],
  ['blanks around the value', 'A= 1 \t\nB = 2\r\n', { A: '1', B: '2' }],
  ['double quotes', 'A="a b "\nB="x \\" \\\\ \\n"\n', { A: 'a b ', B: 'x " \\ \\n' }],
  ['single quotes', "A=' a#b '\nB='\\n'\n", { A: ' a#b ', B: '\\n' }],
  ['quotes in the middle', 'A=x"y z"\'w\'\n', { A: 'xy zw' }],
  ['a quoted line end', 'A="x\ny"\nB=1\n', { A: 'x\ny', B: '1' }],
  ['a continued line', 'A=x\\\ny\nB=1\n', { A: 'xy', B: '1' }],
  ['an equals sign in a value', 'A=b=c\n', { A: 'b=c' }],
  ['an empty value', 'A=\nB=1\n', { A: '', B: '1' }],
  ['the last of several', 'A=1\nA=2\n', { A: '2' }],
  ['a line without a value', 'export\nA=1\n', { A: '1' }],
  ['names that are none', 'export A=1\n1A=2\nB-C=3\n', {}],
];

describe('an EnvironmentFile', () => {
  for (const [title, text, variables] of files) {
    test(`with ${title}`, () => assert.deepEqual(Object.fromEntries(readEnvironmentFile(text)), variables));
  }
});

const commands: readonly [title: string, unit: string, args: readonly string[]][] = [
  ['plain words', 'ExecStart=/usr/sbin/qpidd --config /etc/q.conf', ['--config', '/etc/q.conf']],
  ['a prefix', 'ExecStart=-/usr/sbin/qpidd -d', ['-d']],
  ['a name of its own', 'ExecStart=@/usr/sbin/qpidd name -d', ['-d']],
  ['quotes', `ExecStart=/q "a b" 'c d' e\\ f`, ['a b', 'c d', 'e f']],
  ['continued lines', 'ExecStart=/q \\\n  # not this \\\n  --auth no\n', ['--auth', 'no']],
  ['a variable as a word', 'Environment="O=--auth no"\nExecStart=/q $O', ['--auth', 'no']],
  ['a variable in a word', 'Environment="O=a b"\nExecStart=/q x\u0024{O}y', ['xa by']],
  ['a variable that is not set', 'ExecStart=/q $O \u0024{O} x', ['', 'x']],
  ['a doubled dollar sign', 'ExecStart=/q $$O', ['$O']],
  ['variables left alone', 'Environment=O=1\nExecStart=:/q $O', ['$O']],
  ['the last of several commands', 'ExecStart=/q a\nExecStart=\nExecStart=/q b', ['b']],
];

describe('a systemd unit', () => {
  for (const [title, unit, args] of commands) {
    test(`with ${title}`, () => {
      const text = `[Unit]\nEnvironment=O=no\n[Service]\n${unit}\n[Install]\nExecStart=/no\n`;
      assert.ok(isServiceUnit(text));
      const service = readServiceUnit(text);
      assert.deepEqual(argumentsOf(service, service.environment), args);
    });
  }

  test('tells its variables and the files that hold more', () => {
    const unit = readServiceUnit(
      '[Service]\nEnvironment=A=0\nEnvironment=\nEnvironment="B=a b" C=50%%\nUnsetEnvironment=C D\n' +
        'EnvironmentFile=/x\nEnvironmentFile=\nEnvironmentFile=-/etc/sysconfig/qpidd\n',
    );
    assert.deepEqual(Object.fromEntries(unit.environment), { B: 'a b', C: '50%' });
    assert.deepEqual(unit.unset, ['C', 'D']);
    assert.deepEqual(unit.environmentFiles, [{ path: '/etc/sysconfig/qpidd', optional: true }]);
  });
});

test('every option has its variable', () => {
  for (const option of brokerOptions) {
    assert.equal(variableOf(option.name), option.env);
    const { given } = readEnvironment(new Map([[option.env, 'x']]), brokerOptions);
    assert.deepEqual(
      given.map((one) => one.option),
      [option],
    );
  }
});

test('no text and no words make a reader throw', () => {
  const noise = fc.string({
    unit: fc.constantFrom(...'[Service]\nEnvironment=A"\'\\$ {}#;-=p\r\t'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      noise,
      fc.array(fc.oneof(noise, fc.constantFrom('--', '-d', '--port', '-p', 'no', '-'))),
      (text, args) => {
        readEnvironmentFile(text);
        const unit = readServiceUnit(`[Service]\nExecStart=${text}`);
        argumentsOf(unit, unit.environment);
        readCommandLine(args, brokerOptions);
      },
    ),
  );
});
