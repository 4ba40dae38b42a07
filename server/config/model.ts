import type { EndpointMember } from '../address/endpoint';
import type { Release } from '../qpidd-conf/release';
import type { Span } from '../text/span';
import type { YamlText } from '../yaml/tree';
import type { Glob } from './glob';
import type { Level } from './keys';
import type { PolicyTable } from './policy/model';

/** What a project configuration says: as much of it as is well formed, each part with its place. */
export interface Config {
  /** What it builds on, the weakest first: paths as written, relative to the configuration, and names of presets. */
  readonly extends: readonly YamlText[];
  readonly broker: Release | undefined;
  readonly rules: readonly RuleLevel[];
  readonly policy: PolicyTable;
  readonly overrides: readonly Override[];
  readonly clusters: readonly ConfigCluster[];
  readonly ignore: readonly Glob[];
  /** What would be a warning by what is weaker is an error, where no level here says otherwise. */
  readonly raisesWarnings: boolean;
}

/** A text of a configuration, with its place. */
export type ConfigText = YamlText;

/** What is to be made of the findings of a rule, or of all rules of an area. */
export interface RuleLevel {
  /** `ha/both-modes` or `ha/*`. */
  readonly name: YamlText;
  /** Undefined where what is written is none. */
  readonly level: Level | undefined;
  /** Whether comments may hide them; undefined where nothing is said of that. */
  readonly ignorable?: boolean | undefined;
}

export interface Override {
  readonly files: readonly Glob[];
  readonly broker: Release | undefined;
  readonly rules: readonly RuleLevel[];
  readonly policy: PolicyTable;
}

export interface ConfigCluster {
  readonly name: string;
  readonly nameSpan: Span;
  readonly members: readonly ConfigMember[];
}

export interface ConfigMember {
  /** Path as written, relative to the configuration. */
  readonly file: YamlText;
  readonly address: EndpointMember | undefined;
}

export const emptyConfig: Config = {
  extends: [],
  broker: undefined,
  rules: [],
  policy: [],
  overrides: [],
  clusters: [],
  ignore: [],
  raisesWarnings: false,
};

/** All places where levels of rules stand. */
export function ruleLevelsIn({ rules, overrides }: Config): readonly RuleLevel[] {
  return [...rules, ...overrides.flatMap((override) => override.rules)];
}
