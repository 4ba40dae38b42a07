import { quotable } from '../config/quotable';
import { nearestRelease, parseRelease, type Release } from '../qpidd-conf/release';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { addVersion, readVersion } from '../yaml/format-version';
import { jsonFault } from '../yaml/json';
import { isEmpty } from '../yaml/read';
import { parseYaml } from '../yaml/syntax';
import { describeNode, entryOf, type MappingEntry, type YamlNode } from '../yaml/tree';
import { absent, changeKeys, expectKeys, formatVersion, testFileKeys, testKeys } from './keys';
import { effectiveNames, ruleAndAreaNames, ruleNames, settableNames, variableNames } from './known-names';
import type {
  Expectations,
  FileChange,
  FindingsExpectation,
  ScenarioTest,
  StartExpectation,
  TestDocument,
} from './model';
import { ValueReader } from './values';

/** Reads a file of tests. Never throws: what is wrong is among the problems. */
export function parseTests(source: SourceDocument): TestDocument {
  const { root, problems, readable } = parseYaml(source);
  if (!readable) return { source, problems, tests: [] };
  const fault = source.uri.toLowerCase().endsWith('.json') ? jsonFault(source.text) : undefined;
  if (fault !== undefined) return { source, problems: [fault], tests: [] };
  const reader = new TestReader(source);
  const tests = reader.tests(root);
  return { source, problems: [...problems, ...reader.problems], tests };
}

class TestReader extends ValueReader {
  tests(root: YamlNode | undefined): readonly ScenarioTest[] {
    if (root === undefined || this.isNothing(root)) {
      this.read.report(
        span(0, 0),
        `The file is empty: it needs "version: ${formatVersion}" and a list of tests.`,
      );
      return [];
    }
    const mapping = this.read.mapping(
      root,
      this.headOf(root),
      'a file of tests',
      testFileKeys,
      (key, node) => (key === 'version' ? addVersion(this.source, node, formatVersion) : undefined),
    );
    if (mapping === undefined) return [];
    readVersion(this.read, this.source, entryOf(mapping, 'version'), formatVersion);
    this.read.text(entryOf(mapping, '$schema'));
    const list = entryOf(mapping, 'tests');
    const items = this.list(list);
    if (list?.value.kind === 'sequence' && items.length === 0)
      this.read.report(list.keySpan, '"tests" is an empty list: a file of tests has at least one.');
    const tests = items.flatMap((item) => this.test(item));
    this.reportSameNames(tests);
    return tests;
  }

  private reportSameNames(tests: readonly ScenarioTest[]): void {
    const seen = new Set<string>();
    for (const { name } of tests) {
      if (seen.has(name.value)) this.read.report(name.span, 'Another test of this file has the same name.');
      seen.add(name.value);
    }
  }

  private test(node: YamlNode): readonly ScenarioTest[] {
    const mapping = this.read.mapping(node, this.headOf(node), 'a test', testKeys);
    const name = this.read.text(entryOf(mapping, 'name'));
    const files = entryOf(mapping, 'files');
    const given = this.entries(entryOf(mapping, 'given')).flatMap((entry) => this.change(entry));
    const expect = this.expect(entryOf(mapping, 'expect'));
    if (name === undefined) return [];
    return [{ name, files: files && this.texts(files, 'A file'), given, expect }];
  }

  private change(entry: MappingEntry): readonly FileChange[] {
    const file = this.nameOf(entry);
    const { value, keySpan } = entry;
    if (value.kind === 'scalar' && value.value === absent) return [{ kind: 'absent', file }];
    if (value.kind === 'scalar') {
      const found = typeof value.value === 'string' ? `"${quotable(value.value)}"` : describeNode(value);
      this.read.report(
        isEmpty(value.span) ? keySpan : value.span,
        `What is given of a file is a mapping, or "${absent}", not ${found}.`,
      );
      return [];
    }
    const mapping = this.read.mapping(value, keySpan, 'a change', changeKeys);
    if (mapping === undefined) return [];
    const environment = this.entries(entryOf(mapping, 'environment')).flatMap((variable) => {
      const text = this.oneValue(variable);
      return this.isKnown(this.nameOf(variable), variableNames) && text !== undefined
        ? [[variable.key, text] as const]
        : [];
    });
    return [
      {
        kind: 'changed',
        file,
        set: this.options(entryOf(mapping, 'set'), settableNames),
        unset: this.texts(entryOf(mapping, 'unset'), 'An option', settableNames),
        environment: new Map(environment),
        args: this.words(entryOf(mapping, 'arguments')),
        release: this.release(entryOf(mapping, 'release')),
      },
    ];
  }

  private release(entry: MappingEntry | undefined): Release | undefined {
    const text = entry && this.oneValue(entry);
    if (entry === undefined || text === undefined) return undefined;
    const release = parseRelease(text);
    if (release === undefined) {
      const meant = nearestRelease(text);
      const hint = meant === undefined ? '.' : `: the nearest is "${meant}".`;
      this.read.report(entry.value.span, `There is no release "${quotable(text)}" of the broker${hint}`);
    }
    return release;
  }

  private expect(entry: MappingEntry | undefined): Expectations {
    const mapping = entry && this.read.mapping(entry.value, entry.keySpan, 'an expectation', expectKeys);
    const of = (key: (typeof expectKeys)[number]['key']) => entryOf(mapping, key);
    const expect = {
      starts: this.entries(of('starts')).flatMap((start) => this.start(start)),
      effective: this.entries(of('effective')).map((file) => ({
        file: this.nameOf(file),
        options: this.options(file, effectiveNames),
      })),
      findings: [
        ...this.entries(of('findings')).map((file) => this.findings(file, true)),
        ...this.entries(of('finds')).map((file) => this.findings(file, false)),
      ],
      noFindings: this.texts(of('noFindings'), 'A rule', ruleAndAreaNames),
    };
    if (entry !== undefined && mapping !== undefined && !mapping.entries.some(({ value }) => says(value)))
      this.read.report(entry.keySpan, 'Nothing is expected: a test without an expectation tells nothing.');
    return expect;
  }

  private start(entry: MappingEntry): readonly StartExpectation[] {
    const { value, keySpan } = entry;
    const starts = value.kind === 'scalar' ? answers.get(value.value) : undefined;
    const file = this.nameOf(entry);
    if (starts !== undefined) return [{ file, starts, span: value.span }];
    const at: Span = isEmpty(value.span) ? keySpan : value.span;
    this.read.report(at, `Whether a broker starts is true or false, not ${describeNode(value)}.`);
    return [];
  }

  private findings(entry: MappingEntry, exactly: boolean): FindingsExpectation {
    const rules = this.texts(entry, 'A rule', exactly ? ruleNames : ruleAndAreaNames);
    if (!exactly && entry.value.kind === 'sequence' && entry.value.items.length === 0)
      this.read.report(
        entry.keySpan,
        'No rule is named: "findings" with an empty list expects that none finds anything.',
      );
    return { file: this.nameOf(entry), rules, exactly };
  }
}

/** `yes` and `no` are text in YAML 1.2, and what most would write. */
const answers: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['yes', true],
  [false, false],
  ['no', false],
]);

/** False for a list or a mapping without anything in it. */
function says(node: YamlNode): boolean {
  switch (node.kind) {
    case 'mapping':
      return node.entries.length > 0;
    case 'sequence':
      return node.items.length > 0;
    case 'scalar':
      return node.value !== null;
  }
}
