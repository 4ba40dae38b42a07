import type { Severity } from '../text/finding';

/** What there is to know of a rule where its level is chosen. */
export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
}

/**
 * All rules that a configuration can name. The rules themselves stand in other rooms, some of them above this one.
 */
export class KnownRules {
  private readonly byId: ReadonlyMap<string, RuleSummary>;
  private readonly areas: ReadonlySet<string>;

  /** @param isFixed true for a rule whose findings are always reported, and always as grave as they are. */
  constructor(
    rules: readonly RuleSummary[],
    readonly isFixed: (name: string) => boolean,
  ) {
    const open = rules.filter(({ id }) => !isFixed(id));
    this.byId = new Map(open.map((rule) => [rule.id, rule]));
    this.areas = new Set(open.map(({ id }) => areaOf(id)));
  }

  isKnown(name: string): boolean {
    return this.byId.has(name) || this.areas.has(name);
  }

  get(id: string): RuleSummary | undefined {
    return this.byId.get(id);
  }

  get all(): readonly RuleSummary[] {
    return [...this.byId.values()];
  }

  /** The names of all rules, and of all areas. */
  get names(): readonly string[] {
    return [...this.byId.keys(), ...this.areas];
  }

  /** The rules of an area `ha/*`. */
  inArea(area: string): readonly RuleSummary[] {
    return this.all.filter(({ id }) => areaOf(id) === area);
  }
}

/** `ha/both-modes` → `ha/*`. */
export function areaOf(id: string): string {
  return `${id.slice(0, id.indexOf('/'))}/*`;
}
