import type { Release } from '../qpidd-conf/release';
import type { Severity } from '../text/finding';
import type { Level } from './keys';
import { areaOf } from './known-rules';
import type { Config, Override, RuleLevel } from './model';
import { type PolicyTable, strongest } from './policy/model';

/** What a configuration, with those on which it builds, says of one file. */
export class FileSettings {
  /** The weakest first; without those that say nothing of any rule. */
  private readonly layers: readonly LevelLayer[];
  /** The release of the broker that reads the file. */
  readonly broker: Release | undefined;
  readonly isIgnored: boolean;
  /** What the file has to set, may not set, and to which values. */
  readonly policy: PolicyTable;

  /**
   * @param configs the weakest first.
   * @param path relative to the folder of the configuration; undefined for a file that does not lie in it.
   */
  constructor(configs: readonly Config[], path: string | undefined) {
    const layers = configs.map((config) => ({ config, fits: fitting(config, path) }));
    this.layers = layers
      .map(({ config: { raisesWarnings, rules }, fits }): LevelLayer => {
        const tables = [...fits.map((override) => override.rules), rules];
        return { raisesWarnings, tables: tables.filter(({ length }) => length > 0) };
      })
      .filter(({ raisesWarnings, tables }) => raisesWarnings || tables.length > 0);
    this.broker = layers
      .map(({ config, fits }) => fits.find(({ broker }) => broker !== undefined)?.broker ?? config.broker)
      .findLast((broker) => broker !== undefined);
    this.policy = strongest(
      layers.flatMap(({ config, fits }) => [config.policy, ...fits.map(({ policy }) => policy).toReversed()]),
    );
    this.isIgnored =
      path !== undefined && configs.some(({ ignore }) => ignore.some((glob) => glob.matches(path)));
  }

  /** True where every finding is as grave as its rule has it. */
  get isPlain(): boolean {
    return this.layers.length === 0;
  }

  /** What becomes of a finding that its rule reports as `severity`. */
  levelFor(rule: string, severity: Severity): Level {
    return this.layers.reduce<Level>(
      (level, layer) =>
        levelIn(layer, rule) ?? (layer.raisesWarnings && level === 'warning' ? 'error' : level),
      severity,
    );
  }

  /** Whether comments in the file may hide what a rule finds: what the strongest says that says anything of it. */
  isIgnorable(rule: string): boolean {
    const tables = this.layers.toReversed().flatMap((layer) => layer.tables);
    return valueIn(tables, rule, ({ ignorable }) => ignorable) ?? true;
  }
}

/** What one configuration says of the rules. */
interface LevelLayer {
  readonly raisesWarnings: boolean;
  /** The strongest first. */
  readonly tables: readonly (readonly RuleLevel[])[];
}

/** The overrides that hold for a file, the strongest first. */
function fitting({ overrides }: Config, path: string | undefined): readonly Override[] {
  if (path === undefined) return [];
  return overrides.filter(({ files }) => files.some((glob) => glob.matches(path))).reverse();
}

function levelIn({ tables }: LevelLayer, rule: string): Level | undefined {
  return valueIn(tables, rule, ({ level }) => level);
}

/** In one table the id of a rule counts more than its area. */
function valueIn<Value>(
  tables: readonly (readonly RuleLevel[])[],
  rule: string,
  read: (entry: RuleLevel) => Value | undefined,
): Value | undefined {
  for (const table of tables) {
    for (const name of [rule, areaOf(rule)]) {
      const entry = table.find((one) => one.name.value === name);
      const value = entry && read(entry);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
