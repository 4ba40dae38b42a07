import type { RuleDescription } from '../server/lint/all-rules';
import { type PageExample, type PageFile, ruleLine, rulePageOf } from '../server/lint/rule-page';

export function rulePage(rule: RuleDescription): string {
  const { id, title, severity, why, source, examples } = rulePageOf(rule);
  const sections = [
    `# ${id}\n\n${title}. Severity: **${severity}**.\n`,
    `## Why\n\n${why}\n\nSource: ${source}.\n`,
    ...examples.map(exampleSection),
  ];
  return sections.join('\n');
}

export function ruleIndex(rules: readonly RuleDescription[]): string {
  const rows = rules
    .map(ruleLine)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, severity, title, fixable }) => {
      return `| [${id}](${id}.md) | ${severity} | ${title} | ${fixable ? 'yes' : ''} |`;
    });
  return `# Rules\n\n${rows.length} rules. Their examples are their tests.\n\n| rule | severity | reports | fix |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function exampleSection({ heading, files, fixed }: PageExample): string {
  const cure = fixed === undefined ? '' : `\nThe quick fix makes of it:\n\n${codeBlocks(fixed)}`;
  return `## ${heading}\n\n${codeBlocks(files)}${cure}`;
}

function codeBlocks(files: readonly PageFile[]): string {
  return files
    .map(({ name, mode, language, text }) => {
      const note = mode === undefined ? '' : `, mode ${mode}`;
      return `\`${name}\`${note}\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;
    })
    .join('\n');
}
