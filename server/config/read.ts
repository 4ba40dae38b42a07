import { type EndpointMember, parseEndpoint } from '../address/endpoint';
import { nearestRelease, parseRelease, type Release } from '../qpidd-conf/release';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { addVersion, readVersion } from '../yaml/format-version';
import type { YamlProblem } from '../yaml/problem';
import { isEmpty, Read } from '../yaml/read';
import {
  describeNode,
  entryOf,
  literalStart,
  type MappingEntry,
  spanWithin,
  type YamlNode,
  type YamlText,
} from '../yaml/tree';
import { type Glob, parseGlob } from './glob';
import {
  clusterKeys,
  configKeys,
  formatVersion,
  levels,
  memberKeys,
  overrideKeys,
  presetChoices,
  presetPrefix,
  ruleKeys,
} from './keys';
import {
  type Config,
  type ConfigCluster,
  type ConfigMember,
  emptyConfig,
  type Override,
  type RuleLevel,
} from './model';
import { PolicyReader } from './policy/read';
import { presetOf } from './presets';
import { quotable } from './quotable';

/** Makes a configuration of a tree, and keeps what is wrong with it. */
export class ConfigReader {
  private readonly read: Read;
  private readonly policies: PolicyReader;

  constructor(private readonly source: SourceDocument) {
    this.read = new Read(source, { quote: quotable });
    this.policies = new PolicyReader(source, this.read);
  }

  get problems(): readonly YamlProblem[] {
    return [...this.read.problems, ...this.policies.faults];
  }

  config(root: YamlNode | undefined): Config {
    if (root === undefined || isNothing(root)) {
      this.read.report(span(0, 0), `The configuration is empty: it needs "version: ${formatVersion}".`);
      return emptyConfig;
    }
    const mapping = this.read.mapping(
      root,
      headOf(this.source, root),
      'a configuration',
      configKeys,
      (_, node) => addVersion(this.source, node, formatVersion),
    );
    if (mapping === undefined) return emptyConfig;
    readVersion(this.read, this.source, entryOf(mapping, 'version'), formatVersion);
    this.read.text(entryOf(mapping, '$schema'));
    return {
      extends: this.bases(entryOf(mapping, 'extends')),
      broker: this.broker(entryOf(mapping, 'broker')),
      rules: this.rules(entryOf(mapping, 'rules')),
      policy: this.policies.policy(entryOf(mapping, 'policy')),
      overrides: this.list(entryOf(mapping, 'overrides')).flatMap((item) => this.override(item)),
      clusters: this.entries(entryOf(mapping, 'clusters')).flatMap((cluster) => this.cluster(cluster)),
      ignore: this.globs(entryOf(mapping, 'ignore'), true),
      raisesWarnings: false,
    };
  }

  private bases(entry: MappingEntry | undefined): readonly YamlText[] {
    if (entry === undefined || isNothing(entry.value)) return [];
    const items = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
    return items.flatMap((item) => {
      const text = this.read.textNode(item, 'An entry of "extends"', entry.keySpan);
      if (text === undefined) return [];
      const fault = faultOfBase(text.value);
      if (fault === undefined) return [text];
      this.read.report(text.span, fault);
      return [];
    });
  }

  /** A number is understood as it is spelled: `1.40` is not 1.4. */
  private broker(entry: MappingEntry | undefined): Release | undefined {
    if (entry === undefined) return undefined;
    const { value: node, keySpan } = entry;
    const written = this.source.text.slice(node.span.start, node.span.end);
    if (node.kind === 'scalar' && typeof node.value === 'number' && parseRelease(written) !== undefined) {
      this.read.report(node.span, '"broker" must be text, for as a number 1.40 is 1.4: put it in quotes.', {
        title: 'Put it in quotes',
        edits: [{ uri: this.source.uri, span: node.span, newText: JSON.stringify(written) }],
      });
      return parseRelease(written);
    }
    const text = this.read.textNode(node, '"broker"', keySpan);
    const release = text && parseRelease(text.value);
    if (text === undefined || release !== undefined) return release;
    const meant = nearestRelease(text.value);
    this.read.report(
      text.span,
      `There is no release "${quotable(text.value)}" of the broker${meant === undefined ? '' : `: the nearest is "${meant}"`}.`,
    );
    return undefined;
  }

  private rules(entry: MappingEntry | undefined): readonly RuleLevel[] {
    return this.entries(entry).map((rule) => {
      const name = this.name(rule);
      if (rule.value.kind !== 'mapping') return { name, level: this.read.choice(rule, levels, undefined) };
      const what = `the rule "${quotable(rule.key)}"`;
      const mapping = this.read.mapping(rule.value, rule.keySpan, what, ruleKeys);
      return {
        name,
        level: this.read.choice(entryOf(mapping, 'level'), levels, undefined),
        ignorable: this.boolean(entryOf(mapping, 'ignorable')),
      };
    });
  }

  private boolean(entry: MappingEntry | undefined): boolean | undefined {
    if (entry === undefined) return undefined;
    const { value, key, keySpan } = entry;
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
    const at = isEmpty(value.span) ? keySpan : value.span;
    this.read.report(at, `"${key}" must be true or false, not ${describeNode(value)}.`);
    return undefined;
  }

  private override(node: YamlNode): readonly Override[] {
    const mapping = this.read.mapping(node, headOf(this.source, node), 'an override', overrideKeys);
    if (mapping === undefined) return [];
    return [
      {
        files: this.globs(entryOf(mapping, 'files'), false),
        broker: this.broker(entryOf(mapping, 'broker')),
        rules: this.rules(entryOf(mapping, 'rules')),
        policy: this.policies.policy(entryOf(mapping, 'policy')),
      },
    ];
  }

  private cluster(entry: MappingEntry): readonly ConfigCluster[] {
    if (entry.key === '') {
      this.read.report(entry.span, 'The name of this cluster is empty.');
      return [];
    }
    const { key, keySpan, value } = entry;
    const what = `the cluster "${quotable(key)}"`;
    const mapping =
      value.kind === 'mapping' ? this.read.mapping(value, keySpan, what, clusterKeys) : undefined;
    const list = mapping === undefined ? entry : entryOf(mapping, 'members');
    if (list === undefined) return [];
    if (list.value.kind !== 'sequence' || list.value.items.length === 0) {
      const found = list.value.kind === 'sequence' ? 'an empty list' : describeNode(list.value);
      this.read.report(list.keySpan, `${capital(what)} must be a list of its members' files, not ${found}.`);
      return [];
    }
    const members = list.value.items.flatMap((item) => this.member(item, list.keySpan));
    return [{ name: key, nameSpan: keySpan, members }];
  }

  private member(node: YamlNode, keySpan: Span): readonly ConfigMember[] {
    if (node.kind !== 'mapping') {
      const file = this.read.textNode(node, 'A member', keySpan);
      return file === undefined ? [] : [{ file, address: undefined }];
    }
    const mapping = this.read.mapping(node, node.span, 'a member', memberKeys);
    const file = this.read.text(entryOf(mapping, 'file'));
    const address = this.address(this.read.text(entryOf(mapping, 'address')));
    return file === undefined ? [] : [{ file, address }];
  }

  private address(text: YamlText | undefined): EndpointMember | undefined {
    if (text === undefined) return undefined;
    const at = text.value.lastIndexOf('@');
    if (at >= 0) {
      this.read.report(spanWithin(text, 0, at + 1), 'A configuration never holds a login: remove it.');
      return undefined;
    }
    const parsed = parseEndpoint(text.value);
    if (!parsed.ok) {
      const { offset, reason } = parsed;
      this.read.report(spanWithin(text, offset, text.value.length), `This is no address: ${reason}.`);
      return undefined;
    }
    const [first, ...others] = parsed.endpoint.members;
    if (others.length > 0) this.read.report(text.span, 'This is one member: it has one address.');
    return first;
  }

  private globs(entry: MappingEntry | undefined, mayBeNone: boolean): readonly Glob[] {
    if (entry === undefined || (mayBeNone && isNothing(entry.value))) return [];
    const { value, key, keySpan } = entry;
    const items = value.kind === 'sequence' ? value.items : [value];
    if (items.length === 0 && !mayBeNone) this.read.report(keySpan, `"${key}" is an empty list.`);
    return items.flatMap((item) => {
      const text = this.read.textNode(item, `A glob of "${key}"`, keySpan);
      return text === undefined ? [] : this.glob(text);
    });
  }

  private glob(text: YamlText): readonly Glob[] {
    const glob = parseGlob(text.value);
    if (typeof glob !== 'string') return [glob];
    this.read.report(text.span, glob);
    return [];
  }

  private name({ key, keySpan }: MappingEntry): YamlText {
    return { value: key, span: keySpan, literalStart: literalStart(this.source.text, keySpan, key) };
  }

  /** A mapping or a list whose entries are all commented out is an empty one. */
  private entries(entry: MappingEntry | undefined): readonly MappingEntry[] {
    if (entry === undefined || isNothing(entry.value)) return [];
    if (entry.value.kind === 'mapping') return entry.value.entries;
    this.read.report(entry.keySpan, `"${entry.key}" must be a mapping, not ${describeNode(entry.value)}.`);
    return [];
  }

  private list(entry: MappingEntry | undefined): readonly YamlNode[] {
    if (entry === undefined || isNothing(entry.value)) return [];
    if (entry.value.kind === 'sequence') return entry.value.items;
    this.read.report(entry.keySpan, `"${entry.key}" must be a list, not ${describeNode(entry.value)}.`);
    return [];
  }
}

/** What of an entry of `extends` can be seen without looking for the file. */
function faultOfBase(text: string): string | undefined {
  if (text.startsWith(presetPrefix)) {
    if (presetOf(text) !== undefined) return undefined;
    const known = presetChoices.map(({ value }) => `"${value}"`).join(' or ');
    return `There is no preset "${quotable(text)}": there is ${known}. Without one every rule is applied.`;
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text)) {
    return 'A configuration is not fetched from elsewhere: name a file by its path.';
  }
  return undefined;
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The part of a node on the line where it starts. */
function headOf({ text }: SourceDocument, { span: { start, end } }: YamlNode): Span {
  const lineEnd = text.slice(start, end).search(/[\r\n]/);
  return isEmpty(span(start, end)) ? span(start, end) : span(start, lineEnd < 0 ? end : start + lineEnd);
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
