import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  effectiveBoolean,
  effectiveInteger,
  effectiveText,
  parseConf,
  settingAt,
  settingOf,
  settingsOf,
} from '../../server/qpidd-conf/model';
import { documentFromBytes } from '../../server/text/document';
import { conf, lint, uri } from './support';

describe('the value of a boolean option', () => {
  const cases: readonly (readonly [text: string, name: string, value: boolean])[] = [
    ['', 'auth', true],
    ['', 'ha-cluster', false],
    ['auth=no', 'auth', false],
    ['ha-cluster=', 'ha-cluster', true],
    ['ha-cluster = YES', 'ha-cluster', true],
    ['HA-CLUSTER=on', 'ha-cluster', true],
    ['ha-enable=yes', 'ha-cluster', true],
    ['ha-cluster', 'ha-cluster', true],
    ['ha-cluster: yes', 'ha-cluster', true],
    ['ha-cluster="yes"', 'ha-cluster', true],
    ['ha-cluster=perhaps', 'ha-cluster', false],
    ['# ha-cluster=yes', 'ha-cluster', false],
    ['ha-cluster=no\nha-cluster=yes', 'ha-cluster', false],
    ['\ufeffha-cluster=yes', 'ha-cluster', true],
  ];
  for (const [text, name, value] of cases) {
    test(`${name} is ${value} with ${JSON.stringify(text)}`, () =>
      assert.equal(effectiveBoolean(conf(text), name), value));
  }
});

test('numbers and texts are as set, else the default', () => {
  const document = conf('port=-1\nrealm= EXAMPLE # ours\n');
  assert.equal(effectiveInteger(document, 'port'), 65535);
  assert.equal(effectiveInteger(document, 'wait'), 600);
  assert.equal(effectiveText(document, 'realm'), 'EXAMPLE');
  assert.equal(effectiveText(document, 'ha-username'), '');
  assert.equal(effectiveText(document, 'data-dir'), undefined);
});

test('a setting knows its places', () => {
  const text = 'auth=no\r\nlog-enable = info+ # one\nlog-enable=debug+\n';
  const document = conf(text);
  const of = (name: string) => settingsOf(document, name).map(({ key, value }) => [key, value]);
  assert.deepEqual(of('log-enable'), [
    [
      { start: 9, end: 19 },
      { start: 22, end: 27 },
    ],
    [
      { start: 34, end: 44 },
      { start: 45, end: 51 },
    ],
  ]);
  assert.equal(settingOf(document, 'port'), undefined);
  for (let offset = 0; offset <= text.length; offset += 1) {
    const expected = document.settings.find(
      ({ line }) => line.span.start <= offset && offset <= line.span.end,
    );
    assert.equal(settingAt(document, offset), expected, `at ${offset}`);
  }
});

test('files that are no text have no settings', () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('port=5672\n', 'utf16le')]);
  const document = parseConf(documentFromBytes(uri, utf16));
  assert.equal(document.notText?.kind, 'utf-16');
  assert.deepEqual(document.settings, []);
  assert.equal(conf('auth=no\n\0\0\0\0\0\0\0').notText?.kind, 'binary');
  assert.equal(conf('log-prefix=\0\0\0\0\0\0\n').notText, undefined);
});

test('bytes that are no UTF-8 pass', () => {
  const document = parseConf(documentFromBytes(uri, Buffer.from('realm=caf\xe9\nauth=no\n', 'latin1')));
  assert.equal(effectiveText(document, 'realm'), 'caf\u00e9');
  assert.equal(effectiveBoolean(document, 'auth'), false);
});

describe('options of modules', () => {
  const cases: readonly (readonly [text: string, errors: number])[] = [
    ['ha-cluster=no', 0],
    ['module-dir=/usr/lib/x86_64-linux-gnu/qpid/daemon/\nha-cluster=no', 0],
    ['module-dir=/srv/modules\nauth=no', 0],
    ['module-dir=/srv/modules\nha-cluster=no\nha-replicate=all', 1],
    ['module-dir=/srv/modules\nload-module=/srv/modules/ha.so\nha-cluster=no', 0],
    ['no-module-dir=yes\nha-cluster=no\ndomain=x\nefp-partition=1', 3],
    ['no-module-dir=no\nha-cluster=no', 0],
    ['no-module-dir=yes\nload-module=/x/ha\nha-cluster=no', 0],
    ['no-module-dir=yes\nacl-file=x\nssl-port=1', 0],
    ['num-jfiles=8', 1],
    ['load-module=/x/legacystore.so\nnum-jfiles=8\nwcache-page-size=32', 0],
    ['no-such-option=1', 1],
    ['load-module=/x/third-party.so\nno-such-option=1', 0],
  ];
  for (const [text, errors] of cases) {
    test(`${JSON.stringify(text)} has ${errors} errors`, () => {
      assert.equal(lint(text).filter(({ severity }) => severity === 'error').length, errors);
    });
  }
});

describe('hostile sizes', () => {
  const mega = 1 << 20;
  const inputs: Readonly<Record<string, string>> = {
    'empty lines': '\n'.repeat(10 * mega),
    'one long line': 'x'.repeat(10 * mega),
    'one long value': `log-prefix=${'x'.repeat(10 * mega)}`,
    'carriage returns': '\r'.repeat(10 * mega),
    blanks: `a${' '.repeat(10 * mega)}b`,
    'unknown options': 'no-such-option=1\n'.repeat(mega / 2),
    'different unknown options': Array.from({ length: mega / 8 }, (_, i) => `option-${i}=x\n`).join(''),
    'lines without =': 'a\n'.repeat(mega),
    'repeated settings': 'auth=no\n'.repeat(mega / 2),
    'bad values': 'log-enable=x\n'.repeat(mega / 2),
  };
  for (const [name, text] of Object.entries(inputs)) {
    test(`${name} end in few findings`, () => {
      const findings = lint(text);
      assert.ok(findings.length <= 110, String(findings.length));
    });
  }
});
