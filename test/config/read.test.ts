import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGlob } from '../../server/config/glob';
import { FileSettings } from '../../server/config/levels';
import { type Config, emptyConfig } from '../../server/config/model';
import { presetOf } from '../../server/config/presets';
import type { Severity } from '../../server/text/finding';
import fc from '../support/fast-check';
import { config, problems } from './support';

const whole = `version: 1
broker: "1.36"
rules:
  ha/*: warning
  ha/both-modes: off
overrides:
  - files: [old/**]
    broker: "0.34"
    rules: { ha/both-modes: error }
  - files: "*.backup.conf"
    rules: { conf/*: info }
clusters:
  east: [node1/qpidd.conf, node2/qpidd.conf]
  west:
    members:
      - a.conf
      - { file: b.conf, address: "b:5673" }
ignore: [archive/, "*.tmp.conf"]
`;

describe('a project configuration', () => {
  it('is read with all its parts', () => {
    const { config: read, problems: wrong } = config(whole);
    assert.deepEqual(wrong, []);
    assert.equal(read.broker, '1.36');
    assert.deepEqual(
      read.clusters.map(({ name, members }) => [name, members.map(({ file }) => file.value)]),
      [
        ['east', ['node1/qpidd.conf', 'node2/qpidd.conf']],
        ['west', ['a.conf', 'b.conf']],
      ],
    );
    assert.deepEqual(read.clusters[1]?.members[1]?.address, { host: 'b', port: 5673, tls: false });
  });

  it('may have lists and mappings whose entries are all commented out', () => {
    assert.deepEqual(problems('version: 1\nextends:\nrules:\noverrides:\nclusters:\nignore:\n'), []);
  });

  for (const [text, message] of [
    ['', /is empty/],
    ['[]', /must be a mapping/],
    ['version: 2', /has version 1 only/],
    ['version: 1\nbroker: 1.36', /put it in quotes/],
    ['version: 1\nbroker: "0.21"', /no release "0.21" of the broker: the nearest is "0.22"/],
    ['version: 1\nbroker: [1]', /"broker" must be text, not a list/],
    ['version: 1\nrules: [a]', /"rules" must be a mapping, not a list/],
    ['version: 1\nrules: {ha/x: on}', /"ha\/x" must be "off" or "info" or "warning" or "error"/],
    ['version: 1\noverrides: {}', /"overrides" must be a list, not a mapping/],
    ['version: 1\noverrides: [{rules: {}}]', /"files" is missing/],
    ['version: 1\noverrides: [{files: []}]', /"files" is an empty list/],
    ['version: 1\nclusters: {east: []}', /must be a list of its members' files, not an empty list/],
    ['version: 1\nclusters: {east: {}}', /"members" is missing/],
    ['version: 1\nclusters: {"": [a]}', /name of this cluster is empty/],
    ['version: 1\nclusters: {east: [{address: a}]}', /"file" is missing/],
    ['version: 1\nclusters: {east: [{file: a, address: "b:x"}]}', /This is no address/],
    ['version: 1\nclusters: {east: [{file: a, address: "b,c"}]}', /one address/],
    ['version: 1\nclusters: {east: [{file: a, address: "me:pw@b"}]}', /never holds a login/],
    ['version: 1\nextends: {}', /An entry of "extends" must be text, not a mapping/],
    ['version: 1\nextends: [5]', /An entry of "extends" must be text, not a number: quote it/],
    ['version: 1\nextends: ""', /is empty/],
    ['version: 1\nextends: qpidha:loose', /no preset "qpidha:loose": there is "qpidha:strict"/],
    ['version: 1\nextends: https://example.org/a.yaml', /not fetched from elsewhere/],
    ['version: 1\nignore: [/etc]', /relative to the folder of this file/],
    ['version: 1\nignore: ["!a"]', /cannot begin with "!"/],
    ['version: 1\nignore: ["a*b*c*d*e"]', /no more than three/],
    ['version: 1\nignore: ["["]', /no glob/],
    ['version: 1\nignore: [5]', /A glob of "ignore" must be text/],
    ['version: 1\ncluster: {}', /has no key "cluster". Did you mean "clusters"\?/],
  ] as const) {
    it(`that is wrong says so: ${JSON.stringify(text)}`, () => {
      const found = problems(text);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', message);
    });
  }

  it('has its effect as far as it is well formed', () => {
    const { config: read } = config(
      'version: 3\nbroker: 1.40\nrules: {ha/both-modes: off, ha/x: on}\nno: 1\n',
    );
    assert.equal(read.broker, '1.40');
    assert.equal(new FileSettings([read], 'a').levelFor('ha/both-modes', 'info'), 'off');
    assert.equal(new FileSettings([read], 'a').levelFor('ha/x', 'info'), 'info');
  });

  it('never shows a login in a message', () => {
    for (const text of [
      'version: 1\nclusters: {east: [{file: a, address: "me:s3cret@b"}]}',
      'version: 1\nbroker: me:s3cret@b',
      'version: 1\n"me:s3cret@b": 1',
    ]) {
      assert.doesNotMatch(problems(text).join(), /s3cret/);
    }
  });

  it('reads any text', () => {
    const piece = fc.constantFrom(
      'version: 1\n',
      'rules:',
      ' off',
      '\n  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      'clusters:',
      'ignore:',
      '*',
      '"',
      '&a ',
      '*a',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const { span } of config(text).problems) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
        }
      }),
    );
  });
});

describe('what is said of a file', () => {
  const { config: read } = config(whole);
  const at = (path: string | undefined) => new FileSettings([read], path);

  it('comes from the last override that fits, and else from the whole', () => {
    assert.equal(at('new/qpidd.conf').levelFor('ha/both-modes', 'info'), 'off');
    assert.equal(at('old/qpidd.conf').levelFor('ha/both-modes', 'info'), 'error');
    assert.equal(at('new/qpidd.conf').levelFor('ha/other', 'info'), 'warning');
    assert.equal(at('x.backup.conf').levelFor('conf/other', 'error'), 'info');
    assert.equal(at('new/qpidd.conf').levelFor('conf/other', 'error'), 'error');
    assert.equal(at('old/qpidd.conf').broker, '0.34');
    assert.equal(at('x.backup.conf').broker, '1.36');
    assert.equal(at(undefined).levelFor('ha/both-modes', 'info'), 'off');
  });

  describe('by several configurations', () => {
    const weak = config(
      'version: 1\nbroker: "0.34"\nrules: {ha/a: error, ha/w: warning}\nignore: old',
    ).config;
    const overriding = config(
      'version: 1\nbroker: "1.36"\noverrides: [{files: b, broker: "1.37", rules: {ha/a: info}}]',
    ).config;
    const strict = presetOf('qpidha:strict') ?? emptyConfig;
    const level = (rule: string, severity: Severity, ...configs: readonly Config[]) =>
      new FileSettings(configs, 'b/qpidd.conf').levelFor(rule, severity);

    it('comes from the strongest that says something of it', () => {
      assert.equal(level('ha/a', 'warning', weak, overriding), 'info');
      assert.equal(level('ha/a', 'warning', overriding, weak), 'error');
      assert.equal(level('ha/b', 'warning', overriding, weak), 'warning');
      assert.equal(new FileSettings([weak, overriding], 'b/c').broker, '1.37');
      assert.equal(new FileSettings([overriding, weak], 'b/c').broker, '0.34');
      assert.ok(new FileSettings([weak, overriding], 'old/c').isIgnored);
    });

    it('is graver where one of them is strict, but for what a stronger one says', () => {
      assert.equal(level('ha/b', 'warning', strict, weak), 'error');
      assert.equal(level('ha/b', 'info', strict, weak), 'info');
      assert.equal(level('ha/w', 'error', strict, weak), 'warning');
      assert.equal(level('ha/w', 'error', weak, strict), 'error');
      assert.equal(level('suppression/no-reason', 'info', strict), 'error');
    });
  });

  it('may be that it is ignored', () => {
    for (const [path, ignored] of [
      ['archive/qpidd.conf', true],
      ['archive/deep/qpidd.conf', true],
      ['a/archive/qpidd.conf', true],
      ['archive', false],
      ['b/x.tmp.conf', true],
      ['b/x.tmp.conf2', false],
    ] as const) {
      assert.equal(at(path).isIgnored, ignored, path);
    }
  });
});

describe('a glob', () => {
  for (const [glob, path, fits] of [
    ['qpidd.conf', 'a/b/qpidd.conf', true],
    ['./qpidd.conf', 'qpidd.conf', true],
    ['a/qpidd.conf', 'b/a/qpidd.conf', false],
    ['**/a/*.conf', 'b/a/qpidd.conf', true],
    ['a/**', 'a/b/.hidden/qpidd.conf', true],
    ['a/*', 'a/b/qpidd.conf', true],
    ['a', 'a/b/qpidd.conf', true],
    ['a/', 'a/b/qpidd.conf', true],
    ['{east,west}/qpidd.conf', 'west/qpidd.conf', true],
    ['node[12].conf', 'node2.conf', true],
    ['node?.conf', 'node10.conf', false],
    ['A.conf', 'a.conf', false],
  ] as const) {
    it(`${glob} ${fits ? 'fits' : 'does not fit'} ${path}`, () => {
      const parsed = parseGlob(glob);
      assert.ok(typeof parsed !== 'string', String(parsed));
      assert.equal(parsed.matches(path), fits);
    });
  }

  it('is compared with any name in no time', () => {
    const text = fc.string({
      unit: fc.constantFrom('*', '**', 'a', '/', '?', '{', ',', '}', '[a]', '.'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (glob) => {
        const parsed = parseGlob(glob);
        if (typeof parsed !== 'string') parsed.matches(`${'a/'.repeat(20)}${'a'.repeat(200)}b`);
      }),
      { numRuns: 500 },
    );
  });
});
