import type { Release } from '../qpidd-conf/release';
import type { Level } from './keys';
import { areaOf } from './known-rules';
import type { Config, RuleLevel } from './model';

/** What a configuration says of one file. */
export class FileSettings {
  private readonly tables: readonly (readonly RuleLevel[])[];
  /** The release of the broker that reads the file. */
  readonly broker: Release | undefined;
  readonly isIgnored: boolean;

  /** @param path relative to the folder of the configuration; undefined for a file that does not lie in it. */
  constructor(config: Config, path: string | undefined) {
    const fits = config.overrides.filter(
      ({ files }) => path !== undefined && files.some((glob) => glob.matches(path)),
    );
    const latestFirst = [...fits].reverse();
    this.tables = [...latestFirst.map(({ rules }) => rules), config.rules].filter(({ length }) => length > 0);
    this.broker = latestFirst.find(({ broker }) => broker !== undefined)?.broker ?? config.broker;
    this.isIgnored = path !== undefined && config.ignore.some((glob) => glob.matches(path));
  }

  /** True where every rule has its own level. */
  get isPlain(): boolean {
    return this.tables.length === 0;
  }

  /** What is wanted of a rule; undefined where nothing is said of it. In one table its id counts more than its area. */
  levelOf(rule: string): Level | undefined {
    for (const table of this.tables) {
      const level = levelIn(table, rule) ?? levelIn(table, areaOf(rule));
      if (level !== undefined) return level;
    }
    return undefined;
  }
}

function levelIn(table: readonly RuleLevel[], name: string): Level | undefined {
  return table.find((entry) => entry.name.value === name)?.level;
}
