import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { isCredentialKey } from '../yaml/credential-keys';
import { addVersion, readVersion } from '../yaml/format-version';
import type { YamlProblem } from '../yaml/problem';
import { isEmpty, Read } from '../yaml/read';
import { parseYaml } from '../yaml/syntax';
import { describeNode, entryOf, literalStart, type MappingEntry, type YamlNode } from '../yaml/tree';
import { quotable, readAddress, readLinkAddress } from './addresses';
import { brokerKeys, formatVersion, manifestKeys, replicationKeys } from './keys';
import type { Manifest, ManifestBroker, ManifestReplication, ManifestText } from './model';

/** One version of a manifest file, read. */
export interface ManifestDocument {
  readonly source: SourceDocument;
  readonly root: YamlNode | undefined;
  /** What is wrong with the file as such, in no particular order. */
  readonly problems: readonly YamlProblem[];
  /** What the file declares. Empty where a fault of syntax leaves its meaning in doubt. */
  readonly manifest: Manifest;
  /** What can be made out in spite of such a fault: for completion and outline, not for judgement. */
  readonly draft: Manifest;
}

const nothing: Manifest = { brokers: [], replications: [] };

/** Reads a manifest. Never throws: what is wrong is among the problems. */
export function parseManifest(source: SourceDocument): ManifestDocument {
  const { root, problems, readable } = parseYaml(source);
  const reader = new ManifestReader(source);
  const draft = reader.manifest(root);
  if (!readable) return { source, root, problems, manifest: nothing, draft };
  return { source, root, problems: [...problems, ...reader.read.problems], manifest: draft, draft };
}

class ManifestReader {
  readonly read: Read;

  constructor(private readonly source: SourceDocument) {
    this.read = new Read(source, { quote: quotable, isOther: isCredentialKey });
  }

  manifest(root: YamlNode | undefined): Manifest {
    const start = span(0, 0);
    if (root === undefined || (root.kind === 'scalar' && root.value === null)) {
      this.read.report(start, 'The manifest is empty: it needs "version" and "brokers".');
      return nothing;
    }
    const mapping = this.read.mapping(
      root,
      firstLine(this.source, root.span),
      'a manifest',
      manifestKeys,
      (key, node) => (key === 'version' ? addVersion(this.source, node, formatVersion) : undefined),
    );
    if (mapping === undefined) return nothing;
    readVersion(this.read, this.source, entryOf(mapping, 'version'), formatVersion);
    const schema = entryOf(mapping, '$schema');
    if (schema !== undefined && !(schema.value.kind === 'scalar' && typeof schema.value.value === 'string')) {
      this.read.report(schema.keySpan, '"$schema" must be text.');
    }
    return {
      brokers: this.brokers(entryOf(mapping, 'brokers')),
      replications: this.replications(entryOf(mapping, 'replications')),
    };
  }

  private brokers(entry: MappingEntry | undefined): readonly ManifestBroker[] {
    if (entry === undefined) return [];
    if (entry.value.kind !== 'mapping' || entry.value.entries.length === 0) {
      const found = entry.value.kind === 'mapping' ? 'nothing' : describeNode(entry.value);
      this.read.report(entry.keySpan, `"brokers" must map names to brokers, not be ${found}.`);
      return [];
    }
    return entry.value.entries.flatMap((broker) => this.broker(broker));
  }

  private broker(entry: MappingEntry): readonly ManifestBroker[] {
    if (entry.key === '') {
      this.read.report(entry.span, 'The name of this broker is empty.');
      return [];
    }
    const name = this.name(entry);
    const mapping = this.read.mapping(
      entry.value,
      entry.keySpan,
      `the broker "${quotable(name.value)}"`,
      brokerKeys,
    );
    const address = this.read.text(entryOf(mapping, 'address'));
    return [
      {
        name,
        address: address && readAddress(address),
        configs: this.configs(entryOf(mapping, 'config')),
        primaryScript: this.read.text(entryOf(mapping, 'primaryScript')),
        clusterConf: this.read.text(entryOf(mapping, 'clusterConf')),
        span: entry.span,
      },
    ];
  }

  private name({ key, keySpan }: MappingEntry): ManifestText {
    return { value: key, span: keySpan, literalStart: literalStart(this.source.text, keySpan, key) };
  }

  private configs(entry: MappingEntry | undefined): readonly ManifestText[] {
    if (entry?.value.kind !== 'sequence') {
      const single = this.read.text(entry);
      return single === undefined ? [] : [single];
    }
    const { items } = entry.value;
    if (items.length === 0) this.read.report(entry.keySpan, '"config" is an empty list.');
    return items.flatMap((item) => this.read.textNode(item, 'A file of "config"', entry.keySpan) ?? []);
  }

  private replications(entry: MappingEntry | undefined): readonly ManifestReplication[] {
    const node = entry?.value;
    // A list whose entries are all commented out is an empty one.
    if (entry === undefined || (node?.kind === 'scalar' && node.value === null)) return [];
    if (node?.kind !== 'sequence') {
      this.read.report(entry.keySpan, `"replications" must be a list, not ${describeNode(entry.value)}.`);
      return [];
    }
    return node.items.flatMap((item) => this.replication(item, entry.keySpan));
  }

  private replication(node: YamlNode, fallback: Span): readonly ManifestReplication[] {
    const at = isEmpty(node.span) ? fallback : node.span;
    const mapping = this.read.mapping(node, at, 'a replication', replicationKeys);
    if (mapping === undefined) return [];
    const link = this.read.text(entryOf(mapping, 'linkAddress'));
    return [
      {
        queue: this.read.text(entryOf(mapping, 'queue')),
        from: this.read.text(entryOf(mapping, 'from')),
        to: this.read.text(entryOf(mapping, 'to')),
        linkAddress: link && readLinkAddress(link),
        create: this.read.choice(entryOf(mapping, 'create'), ['if-missing', 'never'], 'if-missing'),
        state: this.read.choice(entryOf(mapping, 'state'), ['running', 'stopped'], 'running'),
        span: mapping.span,
      },
    ];
  }
}

/** The part of a span on the line where it starts. */
function firstLine(source: SourceDocument, { start, end }: Span): Span {
  const lineEnd = source.text.slice(start, end).search(/[\r\n]/);
  return span(start, lineEnd < 0 ? end : start + lineEnd);
}
