import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { confRules } from '../../server/qpidd-conf/rules';
import { findingLimit } from '../../server/qpidd-conf/rules/report';
import { applyEdits } from '../../server/text/edit';
import { fixed, lint, told } from './support';

const name = 'qpidd.conf';

for (const rule of confRules) {
  describe(rule.id, () => {
    for (const { files, fixed: cured } of rule.bad) {
      const text = files[name] ?? '';
      test(`finds fault with ${JSON.stringify(text)}`, () => {
        const all = lint(text);
        const own = all.filter((finding) => finding.rule === rule.id);
        assert.ok(own.length > 0, 'no finding');
        const others = all.filter((finding) => finding.rule !== rule.id && finding.severity === 'error');
        assert.deepEqual(others.map(told), []);
        assert.equal(
          own.some((finding) => finding.fix !== undefined),
          cured !== undefined && cured[name] !== text,
          'an example is cured where, and only where, it has a fix',
        );
        if (cured === undefined) return;
        const edits = own.flatMap((finding) => finding.fix?.edits ?? []);
        assert.equal(applyEdits(text, edits), cured[name]);
      });
    }
    for (const { files } of rule.good) {
      const text = files[name] ?? '';
      test(`has nothing to say about ${JSON.stringify(text)}`, () => {
        assert.deepEqual(
          lint(text)
            .filter((finding) => finding.rule === rule.id)
            .map(told),
          [],
        );
      });
    }
  });
}

test('every rule has its own id, and text of its own', () => {
  assert.equal(new Set(confRules.map(({ id }) => id)).size, confRules.length);
  for (const { id, title, why, source, bad, good } of confRules) {
    assert.match(id, /^(conf|ha|security)\/[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.doesNotMatch(title, /\.$/);
    assert.ok(why.length > 80 && source.length > 5 && bad.length > 0 && good.length > 0, id);
  }
});

test('a fix cures its finding and brings up no other', () => {
  for (const { bad } of confRules) {
    for (const { files } of bad) {
      const text = files[name] ?? '';
      const before = lint(text);
      for (const finding of before) {
        if (finding.fix === undefined) continue;
        const after = lint(fixed(text, finding)).map(told);
        const expected = before.map(told);
        for (const one of after) assert.ok(expected.includes(one), `${JSON.stringify(text)} → ${one}`);
        assert.ok(after.length < before.length, JSON.stringify(text));
      }
    }
  }
});

test('a file full of faults gets a bounded number of findings, the last of which counts the rest', () => {
  const findings = lint('nonsense without sense\n'.repeat(500));
  assert.equal(findings.length, findingLimit + 1);
  assert.match(findings.at(-1)?.message ?? '', /And 449 more of this kind below\.$/);
});

test('no message and no outline shows a password', () => {
  for (const line of [
    'ha-password=s3cret#x',
    'ha-password="s3cret"',
    'ha-password: s3cret',
    'ha-password = s3cret',
    'Ha-Password=s3cret',
    'ha-password s3cret',
  ]) {
    for (const { message, related = [], fix } of lint(`${line}\nha-password=s3cret\nauth=no\n`)) {
      assert.doesNotMatch([message, fix?.title ?? '', ...related.map((one) => one.message)].join(), /s3cret/);
    }
  }
});

test('no message quotes a login, whatever the option at which it stands', () => {
  const url = 'amqp:guest/s3cret@east:5672';
  const names = [
    'auth',
    'port',
    'listen-disable',
    'log-enable',
    'ha-replicate',
    'colour',
    'load-module',
    'kill',
  ];
  const faults = [
    ...names.map((option) => `${option}=${url}\n`),
    `${url}\n`,
    `${url}=1\n`,
    `port=1\n port=${url}\n`,
  ];
  for (const text of faults) {
    for (const { message } of lint(text)) assert.doesNotMatch(message, /s3cret/, text);
  }
});
