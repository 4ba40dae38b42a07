import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintProject } from '../../server/lint/lint-project';
import { openProject } from '../../server/project/open-project';
import type { ExampleFiles } from '../../server/text/rule';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { exampleUri } from '../support/rule-examples';

const duplicate = 'ha-queue-replication=yes\nport=5672\nport=5673\n';

function found(files: ExampleFiles, ...names: readonly string[]): readonly string[] {
  const entries =
    names.length === 0 ? [{ uri: memoryRoot }] : names.map((name) => ({ uri: exampleUri(name) }));
  return lintProject(openProject(memoryFiles(files), entries)).map(
    ({ severity, rule, uri, span: { start, end } }) => {
      const name = uri.slice(memoryRoot.length + 1);
      return `${severity} ${rule} ${name} ${files[name]?.slice(start, end) ?? '?'}`;
    },
  );
}

/** A configuration in the root folder that builds on `bases`, and a file with a duplicate setting below it. */
function building(bases: string, files: ExampleFiles = {}, more = ''): readonly string[] {
  const config = `version: 1\nextends: ${bases}\n${more}`;
  return found({ 'qpidha.config.yaml': config, 'a/qpidd.conf': duplicate, ...files }, 'a/qpidd.conf');
}

const rules = (level: string) => `version: 1\nrules: {conf/duplicate-setting: ${level}}\n`;
const expected = (severity: string) => [`${severity} conf/duplicate-setting a/qpidd.conf port`];

describe('what a configuration builds on', () => {
  it('counts where the configuration itself says nothing', () => {
    assert.deepEqual(building('p/base.yaml', { 'p/base.yaml': rules('info') }), expected('info'));
    assert.deepEqual(
      building('p/base.yaml', { 'p/base.yaml': rules('info') }, 'rules: {conf/*: warning}\n'),
      [...expected('warning')],
    );
  });

  it('counts more, the later it is named', () => {
    const files = { 'one.yaml': rules('info'), 'two.yaml': rules('warning') };
    assert.deepEqual(building('[one.yaml, two.yaml]', files), expected('warning'));
    assert.deepEqual(building('[two.yaml, one.yaml]', files), expected('info'));
  });

  it('builds on others itself, relative to its own folder', () => {
    const files = { 'p/one.yaml': 'version: 1\nextends: q/two.yaml\n', 'p/q/two.yaml': rules('info') };
    assert.deepEqual(building('p/one.yaml', files), expected('info'));
  });

  it('may be reached on two ways', () => {
    const files = {
      'one.yaml': 'version: 1\nextends: base.yaml\n',
      'two.yaml': 'version: 1\nextends: base.yaml\n',
      'base.yaml': rules('info'),
    };
    assert.deepEqual(building('[one.yaml, two.yaml]', files), expected('info'));
  });

  it('may be JSON, and in a folder of packages', () => {
    const name = 'node_modules/team/qpid/base.json';
    const json = '{"version": 1, "rules": {"conf/*": "info"}}';
    assert.deepEqual(building(`./${name}`, { [name]: json }), expected('info'));
  });

  it('has globs that are relative to the configuration that builds on it', () => {
    const override =
      'version: 1\noverrides: [{files: a/*, rules: {conf/*: off}}]\nignore: [a/qpidd-old.conf]\n';
    assert.deepEqual(building('p/base.yaml', { 'p/base.yaml': override }), []);
    const own = { 'qpidha.config.yaml': 'version: 1\nextends: p/base.yaml\n', 'p/base.yaml': override };
    const files = { ...own, 'a/qpidd-old.conf': 'nonsense\n' };
    assert.deepEqual(found(files), []);
    assert.ok(found({ ...files, 'p/base.yaml': 'version: 1\n' }).length > 0);
  });

  it('is reported at its entry where it cannot be used', () => {
    const at = (name: string) => [`error config/extends qpidha.config.yaml ${name}`];
    const broken = (findings: readonly string[]) => findings.filter((one) => one.includes('config/'));
    assert.deepEqual(broken(building('gone.yaml')), at('gone.yaml'));
    assert.deepEqual(broken(building('a')), at('a'));
    assert.deepEqual(broken(building('./qpidha.config.yaml')), at('./qpidha.config.yaml'));
    assert.deepEqual(broken(building('base.yaml', { 'base.yaml': 'version: 1\nrule: {}\n' })), [
      'error config/schema base.yaml rule',
      ...at('base.yaml'),
    ]);
    assert.deepEqual(broken(building('base.yaml', { 'base.yaml': 'version: 1\nrules: {no/such: off}\n' })), [
      'error config/unknown-rule base.yaml no/such',
    ]);
  });

  it('comes to an end in a circle, and in one that others come to', () => {
    const circle = {
      'one.yaml': 'version: 1\nextends: two.yaml\n',
      'two.yaml': `version: 1\nextends: one.yaml\nrules: {conf/*: info}\n`,
    };
    assert.deepEqual(building('one.yaml', circle), [
      ...expected('info'),
      'error config/extends one.yaml two.yaml',
      'error config/extends two.yaml one.yaml',
    ]);
  });

  it('comes to an end where there are too many', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [
        `${index}.yaml`,
        `version: 1\nextends: "${index + 1}.yaml"\n`,
      ]),
    );
    const deep = building('0.yaml', chain).filter((one) => one.includes('config/'));
    assert.deepEqual(deep, ['error config/extends 9.yaml "10.yaml"']);
    const wide = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => {
        const next = `${index + 1}.yaml`;
        return [`${index}.yaml`, `version: 1\nextends: ["${next}", "${next}", "${next}", "${next}"]\n`];
      }),
    );
    const many = building('0.yaml', { ...wide, '9.yaml': 'version: 1\n' });
    assert.ok(many.some((one) => one.includes('config/extends')));
  });
});
