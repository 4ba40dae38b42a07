import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { distributionTransports } from '../../server/address/broker-url';
import { findOption, type ValueType } from '../../server/qpidd-conf/catalogue';
import { basicRegexProblem } from '../../server/qpidd-conf/values/basic-regex';
import { parseBoolean } from '../../server/qpidd-conf/values/boolean';
import { parseDuration } from '../../server/qpidd-conf/values/duration';
import { matchEnum } from '../../server/qpidd-conf/values/enumeration';
import { explainValue } from '../../server/qpidd-conf/values/explain';
import { type IntegerWidth, parseInteger } from '../../server/qpidd-conf/values/integer';
import { isLogRule, meantCategory, parseLogRule } from '../../server/qpidd-conf/values/log-rule';
import { meantText } from '../../server/qpidd-conf/values/meant';
import { readValue } from '../../server/qpidd-conf/values/value';

function typeOf(name: string): ValueType {
  const option = findOption(name);
  assert.ok(option, name);
  return option.type;
}

describe('booleans are the eight words of boost and the empty text', () => {
  for (const text of ['', 'yes', 'TRUE', 'On', '1'])
    test(`"${text}"`, () => assert.equal(parseBoolean(text), true));
  for (const text of ['no', 'False', 'OFF', '0'])
    test(`"${text}"`, () => assert.equal(parseBoolean(text), false));
  for (const text of ['y', 'n', 't', '2', '-1', 'yes no', '"yes"', ' yes', 'yes\f', 'y\u00e9s']) {
    test(`but not ${JSON.stringify(text)}`, () => assert.equal(parseBoolean(text), undefined));
  }
});

describe('integers are read like lexical_cast reads them', () => {
  const u16: IntegerWidth = { bits: 16, signed: false };
  const u32: IntegerWidth = { bits: 32, signed: false };
  const u64: IntegerWidth = { bits: 64, signed: false };
  const i32: IntegerWidth = { bits: 32, signed: true };
  const cases: readonly (readonly [text: string, width: IntegerWidth, expected: number | string])[] = [
    ['5672', u16, 5672],
    ['026001', u16, 26001],
    ['+5', u16, 5],
    ['-0', u16, 0],
    ['-39530', u16, 26006],
    ['-1', u16, 65535],
    ['-65535', u16, 1],
    ['-65536', u16, 'out-of-range'],
    ['65535', u16, 65535],
    ['65536', u16, 'out-of-range'],
    ['00000000000000000000000000000001', u16, 1],
    ['4294967295', u32, 4294967295],
    ['4294967296', u32, 'out-of-range'],
    ['18446744073709551616', u64, 'out-of-range'],
    ['9'.repeat(100_000), u64, 'out-of-range'],
    ['-2147483648', i32, -2147483648],
    ['2147483648', i32, 'out-of-range'],
    ['', u16, 'empty'],
    ['+', u16, 'not-a-number'],
    ['0x10', u16, 'not-a-number'],
    ['1e3', u16, 'not-a-number'],
    ['100M', u32, 'not-a-number'],
    ['1,000', u32, 'not-a-number'],
    ['5 ', u16, 'not-a-number'],
  ];
  for (const [text, width, expected] of cases) {
    test(`${text.slice(0, 40)} in ${width.bits} bits: ${expected}`, () => {
      const result = parseInteger(text, width);
      assert.equal(result.ok ? result.value : result.reason, expected);
    });
  }
});

describe('durations are a number of strtod and a suffix', () => {
  const cases: readonly (readonly [text: string, seconds: number | undefined])[] = [
    ['10', 10],
    ['0.1', 0.1],
    ['10s', 10],
    ['500ms', 0.5],
    ['7us', 7e-6],
    ['9ns', 9e-9],
    ['1e1', 10],
    ['0x10', 16],
    ['0x1p3s', 8],
    ['0x.8', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1', -1],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinitys', Number.NEGATIVE_INFINITY],
    ['nan', Number.NaN],
    ['nan(x)s', Number.NaN],
    ['10\0x', 10],
    ['', undefined],
    ['.', undefined],
    ['5 s', undefined],
    ['1m', undefined],
    ['10S', undefined],
    ['1e', undefined],
    ['0x', undefined],
    ['infinit', undefined],
    ['5\f', undefined],
  ];
  for (const [text, seconds] of cases) {
    test(`${JSON.stringify(text)}: ${seconds ?? 'refused'}`, () => {
      const result = parseDuration(text);
      assert.equal(result.ok, seconds !== undefined);
      if (result.ok && seconds !== undefined) {
        assert.ok(Object.is(result.seconds, seconds) || Math.abs(result.seconds - seconds) < 1e-12);
      }
    });
  }
});

describe('logging rules', () => {
  for (const text of ['', 'info', 'info+', 'debug-:HA', '!trace:qpid::ha', 'info:', 'info+:a,b', 'info\0x']) {
    test(`${JSON.stringify(text)} is one`, () => assert.ok(isLogRule(text)));
  }
  for (const text of ['Info', 'warn', '!', ':HA', '+', 'info++', 'info+,debug', ' info']) {
    test(`${JSON.stringify(text)} is none`, () => assert.ok(!isLogRule(text)));
  }
  test('have a level, a reach and a pattern', () => {
    const { level, reach, off, pattern } = parseLogRule('!debug+:qpid::ha') ?? assert.fail();
    assert.deepEqual([level, reach, off, pattern], ['debug', 'above', true, 'qpid::ha']);
  });
  test('name a category with a capital letter, and parts of functions in lower case', () => {
    assert.equal(meantCategory('Brokr'), 'Broker');
    assert.equal(meantCategory('Managment'), 'Management');
    for (const pattern of ['HA', 'Broker', 'broker', 'ha::', 'framing', 'Queue']) {
      assert.equal(meantCategory(pattern), undefined, pattern);
    }
  });
});

describe('enumerations', () => {
  const cases: readonly (readonly [option: string, text: string, expected: string | undefined])[] = [
    ['ha-replicate', 'all', 'all'],
    ['ha-replicate', 'All', undefined],
    ['ha-replicate', '', undefined],
    ['syslog-facility', 'log_local0', 'LOCAL0'],
    ['syslog-facility', 'Daemon', 'DAEMON'],
    ['syslog-facility', 'AUTHPRIV', undefined],
    ['syslog-facility', 'LOG_LOG_USER', undefined],
  ];
  for (const [option, text, expected] of cases) {
    test(`${option}=${text}: ${expected ?? 'refused'}`, () => {
      const type = typeOf(option);
      assert.ok(type.kind === 'enum');
      assert.equal(matchEnum(type, text), expected);
    });
  }
});

describe('basic regular expressions compile as in glibc', () => {
  const good = [
    '',
    'a*',
    '*a',
    'a\\{1,2\\}',
    '\\(a\\)\\1',
    '[]a]',
    '[a-]',
    '[[:alpha:]_]',
    '(',
    'a{1',
    '\\+',
    'a\\|b',
    '^*',
  ];
  const bad = [
    '[',
    '[]',
    '\\(',
    '\\)',
    'a**',
    'a\\{',
    'a\\{2,1\\}',
    '\\{1\\}',
    '\\1',
    '[b-a]',
    '[[:foo:]]',
    '\\',
    '[a-b-c]',
  ];
  for (const text of good) test(`${text} does`, () => assert.equal(basicRegexProblem(text), undefined));
  for (const text of bad) test(`${text} does not`, () => assert.ok(basicRegexProblem(text)));
  test('nesting without end is told, not suffered', () =>
    assert.ok(basicRegexProblem('\\('.repeat(100_000))));
});

describe('what a refused value surely means', () => {
  const cases: readonly (readonly [option: string, text: string, meant: string | undefined])[] = [
    ['auth', 'y', 'yes'],
    ['auth', "'No'", 'no'],
    ['auth', 'maybe', undefined],
    ['port', '"5672"', '5672'],
    ['port', '"70000"', undefined],
    ['port', '= 5672', '5672'],
    ['default-queue-limit', '1_000_000', '1000000'],
    ['default-queue-limit', '1,00', undefined],
    ['default-queue-limit', '100M', undefined],
    ['worker-threads', '0x0', undefined],
    ['wait', '2min', '120'],
    ['max-negotiate-time', '1500us', undefined],
    ['link-heartbeat-interval', '5 S', '5s'],
    ['link-heartbeat-interval', '1.5 min', '90s'],
    ['link-heartbeat-interval', 'soon', undefined],
    ['ha-replicate', 'ALL', 'all'],
    ['ha-replicate', 'confguration', 'configuration'],
    ['ha-replicate', 'x', undefined],
    ['ha-brokers-url', 'amqp://h1:5672/', 'amqp:h1:5672'],
    ['ha-brokers-url', 'h1 h2', 'h1,h2'],
    ['ha-brokers-url', 'amqp://h1,amqp://h2', 'amqp:h1,h2'],
    ['ha-brokers-url', 'fe80::1,::1', '[fe80::1],[::1]'],
    ['ha-brokers-url', 'NONE:x', undefined],
    ['ha-brokers-url', 'amqps://h1', undefined],
  ];
  for (const [option, text, meant] of cases) {
    test(`${option}=${text}: ${meant ?? 'no telling'}`, () => {
      const type = typeOf(option);
      assert.equal(meantText(type, text, distributionTransports), meant);
      if (meant !== undefined)
        assert.notEqual(readValue(type, meant, distributionTransports).kind, 'invalid');
    });
  }
});

describe('values are explained', () => {
  const cases: readonly (readonly [option: string, text: string, explanation: string | undefined])[] = [
    ['auth', '', 'On.'],
    ['default-queue-limit', '104857600', '100 MiB.'],
    ['default-queue-limit', '-1', 'Taken as 4294967295: the option cannot be negative. 4 GiB.'],
    ['efp-file-size', '2048', '2 MiB.'],
    ['max-negotiate-time', '10000', '10 seconds.'],
    ['queue-purge-interval', '600', '10 minutes.'],
    ['queue-purge-interval', '3600s', '1 hour.'],
    ['journal-flush-timeout', '500ms', '500 milliseconds.'],
    ['ha-brokers-url', 'none', 'No URL.'],
    ['ha-brokers-url', 'n1,ssl:n2:5671', '- `n1` port 5672, TCP\n- `n2` port 5671, SSL'],
    ['log-enable', 'debug+:HA', 'Debug and above, for `HA`.'],
    ['realm', 'QPID', undefined],
  ];
  for (const [name, text, explanation] of cases) {
    test(`${name}=${text}`, () => {
      const option = findOption(name) ?? assert.fail();
      assert.equal(explainValue(option, readValue(option.type, text, distributionTransports)), explanation);
    });
  }
});
