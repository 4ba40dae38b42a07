import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completion } from '../../server/config/completion';
import { hover } from '../../server/config/hover';
import { fits, isLike } from '../../server/config/policy/limits';
import { strongest } from '../../server/config/policy/model';
import { secretsOf } from '../../server/config/secrets';
import { configurableRules } from '../../server/lint/all-rules';
import { rulePageUrl } from '../../server/lint/rule-page-url';
import { brokerOptions } from '../../server/qpidd-conf/catalogue';
import { readValue } from '../../server/qpidd-conf/values/value';
import fc from '../support/fast-check';
import { config, problems } from './support';

const policyOf = (yaml: string) => config(`version: 1\npolicy: ${yaml}\n`).config.policy;

describe('a policy', () => {
  it('is read with all its parts', () => {
    const policy = policyOf(
      '{require: {acl-file: any, auth: yes, port: {min: 1024, because: "so it is.", level: info}}, forbid: [trace, {option: no-data-dir, because: x}], allow: {log-enable: [notice+, warning+]}}',
    );
    assert.deepEqual(
      policy.map(({ kind, option, limits, because, level }) => [
        `${kind} ${option.name}`,
        limits.values.map(({ text }) => text).join(),
        because,
        level,
      ]),
      [
        ['require acl-file', '', undefined, undefined],
        ['require auth', 'yes', undefined, undefined],
        ['require port', '', 'so it is', 'info'],
        ['allow log-enable', 'notice+,warning+', undefined, undefined],
        ['forbid trace', '', undefined, undefined],
        ['forbid no-data-dir', '', 'x', undefined],
      ],
    );
  });

  it('may have parts whose entries are all commented out', () => {
    assert.deepEqual(problems('version: 1\npolicy:\n  require:\n  forbid:\n  allow:\n'), []);
    assert.deepEqual(problems('version: 1\npolicy:\n'), []);
  });

  it('knows every option that a file can set', () => {
    const settable = brokerOptions.filter(({ inFile }) => inFile === undefined);
    const table = settable.map(({ name }) => `${name}: any`).join(', ');
    assert.deepEqual(problems(`version: 1\npolicy: {require: {${table}}}\n`), []);
  });

  for (const [policy, message] of [
    ['[auth]', /A policy must be a mapping, not a list/],
    ['{deny: [auth]}', /A policy has no key "deny"/],
    ['{require: [auth]}', /"require" must be a mapping from options, not a list/],
    ['{forbid: auth}', /"forbid" must be a list of options, not text/],
    ['{require: {auth: }}', /A value of "auth" must be text, a number or a boolean, not nothing/],
    ['{require: {auth: []}}', /list of values of "auth" is empty/],
    ['{require: {auth: maybe}}', /"auth" cannot be "maybe": it is boolean: yes or no/],
    ['{require: {auth: {min: 1}}}', /The mapping of "auth" has no key "min"/],
    ['{allow: {default-queue-limit: {max: 100M}}}', /cannot be "100M": it is integer/],
    ['{allow: {link-heartbeat-interval: {max: 5m}}}', /cannot be "5m": it is duration/],
    ['{allow: {link-heartbeat-interval: {max: nan}}}', /this is no limit of it/],
    ['{allow: {default-queue-limit: {max: -1}}}', /is never negative/],
    ['{allow: {max-connections: {min: 5, max: 4}}}', /No value is at least 5 and at most 4/],
    ['{allow: {max-connections: {min: 5, values: 4}}}', /limits beside it exclude this value/],
    ['{allow: {max-connections: 99999}}', /cannot be "99999": it is integer, 0 to 65530/],
    ['{allow: {protocols: amqp}}', /cannot be "amqp": it is one of amqp0-10, amqp1.0/],
    ['{require: {acl-flie: any}}', /no option "acl-flie": did you mean "acl-file"\?/],
    ['{forbid: [no-such-thing-at-all]}', /no option "no-such-thing-at-all"/],
    ['{forbid: [load]}', /"load" is called "load-module" today/],
    ['{forbid: [cluster-mcast-max]}', /is no option of the broker any more/],
    ['{forbid: [ssl-use-client-auth]}', /no option "ssl-use-client-auth"/],
    ['{forbid: [password]}', /is an option of brokers on Windows/],
    ['{require: {config: any}}', /it is for the command line/],
    ['{require: {ha-password: s3cret}}', /never holds a password/],
    ['{require: {ha-brokers-url: "me/s3cret@node1"}}', /never holds a login/],
    ['{require: {realm: "A # B"}}', /No line of a qpidd.conf gives "realm" this value/],
    ['{require: {auth: yes}, allow: {auth: no}}', /No value of "auth" is both required and allowed/],
    ['{require: {port: {min: 9}}, allow: {port: {max: 8}}}', /both required and allowed/],
    ['{require: {auth: yes}, forbid: [auth]}', /"auth" is required and forbidden/],
    ['{allow: {auth: yes}, forbid: [auth]}', /"auth" is allowed and forbidden/],
    ['{forbid: [auth, auth]}', /"auth" is forbidden twice/],
    ['{forbid: [{because: x}]}', /"option" is missing/],
    ['{forbid: [{option: auth, level: off}]}', /"level" must be "info" or "warning" or "error"/],
    ['{require: {auth: {because: ""}}}', /"because" is empty/],
  ] as const) {
    it(`that is wrong says so: ${policy}`, () => {
      for (const text of [
        `version: 1\npolicy: ${policy}\n`,
        `version: 1\noverrides: [{files: a, policy: ${policy}}]\n`,
      ]) {
        const found = problems(text);
        assert.equal(found.length, 1, found.join('\n'));
        assert.match(found[0] ?? '', message);
        assert.doesNotMatch(found[0] ?? '', /s3cret/);
      }
    });
  }

  it('has its effect as far as it is right', () => {
    const policy = policyOf('{require: {auth: [yes, maybe], x: any}, forbid: [auth, trace], deny: 1}');
    assert.deepEqual(
      policy.map(({ kind, option, limits }) => [kind, option.name, limits.values.length]),
      [
        ['require', 'auth', 1],
        ['forbid', 'trace', 0],
      ],
    );
  });

  it('shows no password in a report', () => {
    const document = config('version: 1\npolicy: {require: {ha-password: s3cret}}\n');
    const at = document.source.text.indexOf('s3cret');
    assert.ok(secretsOf(document).some(({ start, end }) => start <= at && at + 6 <= end));
  });

  it('counts for an option where it is the strongest that mentions it', () => {
    const weak = policyOf('{require: {auth: yes, realm: any}, forbid: [trace, no-data-dir]}');
    const strong = policyOf('{allow: {no-data-dir: any, auth: [yes, no]}, require: {trace: no}}');
    assert.deepEqual(
      strongest([weak, [], strong])
        .map(({ kind, option }) => `${kind} ${option.name}`)
        .sort(),
      ['allow auth', 'allow no-data-dir', 'require realm', 'require trace'],
    );
    assert.equal(strongest([[], weak]), weak);
  });
});

describe('the values of a policy', () => {
  const allows = (option: string, limits: string, text: string) => {
    const [entry] = policyOf(`{allow: {${option}: ${limits}}}`);
    assert.ok(entry !== undefined, `${option}: ${limits}`);
    return fits(entry.limits, readValue(entry.option.type, text, new Set(['tcp', 'ssl'])), text);
  };

  for (const [option, limits, good, bad] of [
    ['auth', 'yes', ['yes', 'TRUE', 'on', '1', ''], ['no', '0', 'off']],
    ['auth', 'false', ['no', 'False', '0'], ['yes', '']],
    ['link-heartbeat-interval', '30', ['30', '30s', '30000ms', '3e1'], ['31', '29.9s', 'nan']],
    ['link-heartbeat-interval', '{min: 500ms, max: 5}', ['0.5', '5', '5s'], ['0', '0.4s', '6', 'inf', 'nan']],
    ['max-connections', '500', ['500', '0500', '+500'], ['50', '501']],
    ['max-connections', '{max: 500}', ['500', '0'], ['501', '-1']],
    ['default-queue-limit', '{min: 1}', ['1', '-1'], ['0']],
    ['ha-replicate', '[all, configuration]', ['all', 'configuration'], ['none']],
    ['log-enable', '[notice+]', ['notice+'], ['notice', 'info+', 'notice+:HA', '!notice+']],
    ['syslog-facility', 'LOG_LOCAL3', ['LOCAL3', 'LOG_LOCAL3'], ['LOCAL4']],
    [
      'ha-brokers-url',
      '"node1,node2"',
      ['node1,node2', 'amqp:node1:5672,tcp:node2'],
      ['node1', 'node2,node1'],
    ],
    [
      'acl-file',
      '{match: /etc/qpid/*.acl}',
      ['/etc/qpid/a.acl', '/etc/qpid/b/c.acl'],
      ['/etc/qpid/a', 'a.acl'],
    ],
    ['realm', '{match: ["DC?", QPID]}', ['DC1', 'QPID'], ['DC', 'DC12', 'qpid']],
  ] as const) {
    it(`are compared as the broker understands them: ${option} ${limits}`, () => {
      for (const text of good) assert.ok(allows(option, limits, text), text);
      for (const text of bad) assert.ok(!allows(option, limits, text), text);
    });
  }

  it('are like a pattern where a regular expression says so', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (text, pattern) => {
        const expression = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]');
        assert.equal(isLike(text, pattern), new RegExp(`^${expression}$`).test(text));
      }),
    );
  });
});

describe('the editor, in a policy', () => {
  const split = (marked: string) => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });
  const proposed = (marked: string) => {
    const { text, offset } = split(`version: 1\npolicy:\n${marked}`);
    return completion(config(text), offset, configurableRules).map(({ label }) => label);
  };
  const hovered = (marked: string) => {
    const { text, offset } = split(`version: 1\npolicy:\n${marked}`);
    return hover(config(text), offset, configurableRules, rulePageUrl)?.markdown ?? '';
  };

  it('completes keys', () => {
    assert.deepEqual(proposed('  |\n'), ['require', 'forbid', 'allow']);
    assert.deepEqual(proposed('  allow:\n    port:\n      |\n'), [
      'values',
      'min',
      'max',
      'because',
      'level',
    ]);
    assert.deepEqual(proposed('  allow:\n    auth: { | }\n'), ['values', 'because', 'level']);
    assert.deepEqual(proposed('  forbid:\n    - option: trace\n      |\n'), ['because', 'level']);
  });

  it('completes options', () => {
    for (const place of [
      '  require:\n    |\n',
      '  allow:\n    tr|\n',
      '  forbid:\n    - |\n',
      '  forbid: [|]\n',
    ]) {
      const names = proposed(place);
      assert.ok(names.includes('acl-file') && !names.includes('config'), place);
    }
    assert.ok(!proposed('  require:\n    auth: yes\n    |\n').includes('auth'));
    assert.ok(proposed('  forbid:\n    - option: |\n').includes('trace'));
    assert.ok(!proposed('  forbid: [trace, |]\n').includes('trace'));
  });

  it('completes values and levels', () => {
    assert.deepEqual(proposed('  require:\n    auth: |\n'), ['any', 'yes', 'no']);
    assert.deepEqual(proposed('  allow:\n    ha-replicate: [|]\n'), ['none', 'configuration', 'all']);
    assert.deepEqual(proposed('  allow:\n    auth: { values: | }\n'), ['yes', 'no']);
    assert.deepEqual(proposed('  allow:\n    auth: { level: | }\n'), ['info', 'warning', 'error']);
    assert.deepEqual(proposed('  forbid:\n    - { option: trace, level: | }\n'), [
      'info',
      'warning',
      'error',
    ]);
  });

  it('explains keys and options', () => {
    assert.match(hovered('  req|uire:\n    auth: yes\n'), /\*\*require\*\*/);
    assert.match(hovered('  require:\n    au|th: yes\n'), /\*\*auth\*\* \(boolean/);
    assert.match(hovered('  forbid: [auth, tra|ce]\n'), /\*\*trace\*\*/);
    assert.match(hovered('  forbid:\n    - { option: tr|ace }\n'), /\*\*trace\*\*/);
    assert.match(hovered('  forbid:\n    - { option: trace, beca|use: x }\n'), /\*\*because\*\*/);
    assert.match(hovered('  allow:\n    port: { m|ax: 5 }\n'), /\*\*max\*\*/);
  });
});
