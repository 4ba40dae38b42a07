import type { Release } from '../qpidd-conf/release';
import type { Severity } from '../text/finding';
import type { Level } from './keys';
import { areaOf } from './known-rules';
import type { Config, Override, RuleLevel } from './model';

/** What a configuration, with those on which it builds, says of one file. */
export class FileSettings {
  private readonly tables: readonly (readonly RuleLevel[])[];
  /** The release of the broker that reads the file. */
  readonly broker: Release | undefined;
  readonly isIgnored: boolean;
  private readonly raisesWarnings: boolean;

  /**
   * @param layers configurations, the weakest first.
   * @param path relative to the folder of the configuration; undefined for a file that does not lie in it.
   */
  constructor(layers: readonly Config[], path: string | undefined) {
    const strongestFirst = [...layers].reverse().map((config) => ({ config, fits: fitting(config, path) }));
    this.tables = strongestFirst
      .flatMap(({ config, fits }) => [...fits.map(({ rules }) => rules), config.rules])
      .filter(({ length }) => length > 0);
    this.broker = strongestFirst
      .flatMap(({ config, fits }) => [...fits.map(({ broker }) => broker), config.broker])
      .find((broker) => broker !== undefined);
    this.isIgnored =
      path !== undefined && layers.some(({ ignore }) => ignore.some((glob) => glob.matches(path)));
    this.raisesWarnings = layers.some(({ raisesWarnings }) => raisesWarnings);
  }

  /** True where every finding is as grave as its rule has it. */
  get isPlain(): boolean {
    return this.tables.length === 0 && !this.raisesWarnings;
  }

  /** What becomes of a finding that its rule would report as `severity`. */
  levelFor(rule: string, severity: Severity): Level {
    return this.levelOf(rule) ?? (this.raisesWarnings && severity === 'warning' ? 'error' : severity);
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

/** The overrides that hold for a file, the strongest first. */
function fitting({ overrides }: Config, path: string | undefined): readonly Override[] {
  if (path === undefined) return [];
  return overrides.filter(({ files }) => files.some((glob) => glob.matches(path))).reverse();
}

function levelIn(table: readonly RuleLevel[], name: string): Level | undefined {
  return table.find((entry) => entry.name.value === name)?.level;
}
