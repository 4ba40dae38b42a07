import type { Document } from 'yaml';
import type { SourceDocument } from '../text/document';
import { type Span, span } from '../text/span';
import { compose } from './compose';
import { yamlMessage } from './messages';
import type { YamlProblem } from './problem';
import type { YamlNode } from './tree';
import { maximumAliasedNodes, TreeReader } from './tree-reader';
import { unreadableText } from './unreadable-text';

export interface YamlSyntax {
  /** `undefined` for a file without a value. As much as could be made out where `readable` is false. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
  /** False where a fault may hide, or give another meaning to, what else is written. */
  readonly readable: boolean;
}

/** Reads YAML, and with it JSON. Never throws; of the parser's errors it reports the first, for the rest are mostly echoes. */
export function parseYaml(source: SourceDocument): YamlSyntax {
  const unreadable = unreadableText(source);
  if (unreadable !== undefined) return failed(unreadable.span, unreadable.message);
  const composition = compose(source.text);
  if (composition.kind === 'refused') return failed(composition.span, composition.message);
  const { document, second } = composition;
  const reader = new TreeReader(source);
  const root = reader.root(document);
  const error = firstError(document, source.text.length);
  if (error !== undefined) return { root, problems: [error], readable: false };
  if (reader.unresolved !== undefined) return { ...failed(reader.unresolved, unresolvedAlias), root };
  if (reader.overflow !== undefined) return { ...failed(reader.overflow, aliasBomb), root: undefined };
  if (second !== undefined)
    reader.report(
      span(second, second),
      'The file is one YAML document: what follows "---" here is not read.',
    );
  return { root, problems: reader.problems, readable: true };
}

const unresolvedAlias = 'No anchor of this name is complete before this alias.';

const aliasBomb = `The aliases of this file stand for more than ${maximumAliasedNodes} values: write them out.`;

function failed(at: Span, message: string): YamlSyntax {
  return { root: undefined, problems: [{ kind: 'syntax', span: at, message }], readable: false };
}

function firstError(document: Document.Parsed, length: number): YamlProblem | undefined {
  const unknownTag = document.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const [first] = [...document.errors, ...unknownTag].sort((a, b) => a.pos[0] - b.pos[0]);
  if (first === undefined) return undefined;
  const start = Math.min(first.pos[0], length);
  const end = Math.min(Math.max(first.pos[1], start), length);
  return { kind: 'syntax', span: span(start, end), message: yamlMessage(first.code, first.message) };
}
