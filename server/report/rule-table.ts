import type { RuleLine } from '../lint/rule-page';
import { type PageColors, severityPaint } from './rule-page';

export interface TableLayout {
  /** Columns of the terminal; undefined: lines may be as long as they are. */
  readonly width: number | undefined;
  readonly colors: PageColors;
  link(text: string, url: string): string;
}

/** So much of a title is shown at least, however narrow the terminal. */
const leastTitle = 20;

/** One line a rule. What does not fit is cut where there is a terminal, and nowhere else. */
export function ruleTable(rules: readonly RuleLine[], { width, colors, link }: TableLayout): string {
  const idWidth = Math.max(4, ...rules.map(({ id }) => id.length));
  const paints = severityPaint(colors);
  const before = idWidth + 2 + severityWidth + 2 + traitWidth + 2;
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(leastTitle, width - before);
  const lines = rules.map((rule) => {
    const { id, severity, title, page } = rule;
    const traits = `${rule.fixable ? 'F' : '-'}${rule.ignorable ? 'I' : '-'}${rule.configurable ? 'C' : '-'}`;
    return [
      link(id, page) + ' '.repeat(idWidth - id.length),
      paints[severity](severity) + ' '.repeat(severityWidth - severity.length),
      traits,
      title.length <= room ? title : `${title.slice(0, room - 1).trimEnd()}…`,
    ].join('  ');
  });
  return `${[...lines, '', legend(rules.length)].join('\n')}\n`;
}

const severityWidth = 'warning'.length;
const traitWidth = 3;

function legend(count: number): string {
  return `${count} ${count === 1 ? 'rule' : 'rules'}. F: --fix cures it. I: comments can hide it. C: a configuration can change it.`;
}

/** The same for programs that read lines: id, severity, traits and title, with tabs between. */
export function ruleLines(rules: readonly RuleLine[]): string {
  return rules
    .map(({ id, severity, fixable, ignorable, configurable, title }) => {
      const traits = [
        ...(fixable ? ['fixable'] : []),
        ...(ignorable ? ['ignorable'] : []),
        ...(configurable ? ['configurable'] : []),
      ];
      return `${id}\t${severity}\t${traits.join(',')}\t${title}\n`;
    })
    .join('');
}
