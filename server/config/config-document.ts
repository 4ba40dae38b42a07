import type { SourceDocument } from '../text/document';
import { jsonFault } from '../yaml/json';
import type { YamlProblem } from '../yaml/problem';
import { parseYaml } from '../yaml/syntax';
import type { YamlNode } from '../yaml/tree';
import { type Config, emptyConfig } from './model';
import { ConfigReader } from './read';

/** One version of a project configuration, read. */
export interface ConfigDocument {
  readonly source: SourceDocument;
  readonly root: YamlNode | undefined;
  /** What is wrong with the file as such, in no particular order. */
  readonly problems: readonly YamlProblem[];
  /** What the file says. Empty where a fault of syntax leaves its meaning in doubt. */
  readonly config: Config;
}

/** Reads a project configuration. Never throws: what is wrong is among the problems. */
export function parseConfig(source: SourceDocument): ConfigDocument {
  const { root, problems, readable } = parseYaml(source);
  if (!readable) return { source, root, problems, config: emptyConfig };
  const fault = source.uri.toLowerCase().endsWith('.json') ? jsonFault(source.text) : undefined;
  if (fault !== undefined) return { source, root, problems: [fault], config: emptyConfig };
  const reader = new ConfigReader(source);
  const config = reader.config(root);
  return { source, root, problems: [...problems, ...reader.problems], config };
}
