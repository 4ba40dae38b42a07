import { allRules } from '../../lint/all-rules';
import { ruleLine } from '../../lint/rule-page';
import { knowledgeJson } from '../../report/knowledge-json';
import { ruleLines, ruleTable } from '../../report/rule-table';
import { visible } from '../../report/visible';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { areas, rulesOfArea } from './subjects';

/** `qpidha rules [AREA…]`: all rules, or those of some areas, in the order of their ids. Throws `UsageError`. */
export function rulesCommand(
  names: readonly string[],
  { json }: { readonly json: boolean },
  terminal: Terminal,
): number {
  const unknown = names.find((name) => rulesOfArea(name).length === 0);
  if (unknown !== undefined)
    throw new UsageError(`There is no area "${visible(unknown)}".`, `The areas are: ${areas.join(', ')}.`);
  const wanted = names.length === 0 ? allRules : [...new Set(names.flatMap(rulesOfArea))];
  const rules = wanted.map(ruleLine).sort((a, b) => (a.id < b.id ? -1 : 1));
  const { outColors: colors, outLink: link, outWidth: width } = terminal;
  if (json) terminal.out(knowledgeJson({ rules }));
  else terminal.out(width === undefined ? ruleLines(rules) : ruleTable(rules, { width, colors, link }));
  return exitCode.ok;
}
