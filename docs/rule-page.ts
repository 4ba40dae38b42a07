import type { RuleDescription } from '../server/lint/all-rules';
import type { ExampleFiles, ExampleModes } from '../server/text/rule';

export function rulePage(rule: RuleDescription): string {
  const sections = [
    `# ${rule.id}\n\n${rule.title}. Severity: **${rule.severity}**.\n`,
    `## Why\n\n${rule.why.trim()}\n\nSource: ${rule.source.replace(/\.$/, '')}.\n`,
    ...rule.bad.map(({ files, modes, fixed }, index) => {
      const number = rule.bad.length > 1 ? ` ${index + 1}` : '';
      const cure = fixed === undefined ? '' : `\nThe quick fix makes of it:\n\n${codeBlocks(fixed)}`;
      return `## Bad${number}\n\n${codeBlocks(files, modes)}${cure}`;
    }),
    ...rule.good.map(({ files, modes }, index) => {
      const number = rule.good.length > 1 ? ` ${index + 1}` : '';
      return `## Good${number}\n\n${codeBlocks(files, modes)}`;
    }),
  ];
  return sections.join('\n');
}

export function ruleIndex(rules: readonly RuleDescription[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => {
      const fix = rule.bad.some(({ fixed }) => fixed !== undefined) ? 'yes' : '';
      return `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title} | ${fix} |`;
    });
  return `# Rules\n\n${rows.length} rules. Their examples are their tests.\n\n| rule | severity | reports | fix |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function codeBlocks(files: ExampleFiles, modes: ExampleModes = {}): string {
  return Object.entries(files)
    .map(
      ([name, text]) =>
        `\`${name}\`${modeNote(modes[name])}\n\n\`\`\`${language(name)}\n${visible(text)}\n\`\`\`\n`,
    )
    .join('\n');
}

function modeNote(mode: number | undefined): string {
  return mode === undefined ? '' : `, mode ${mode.toString(8).padStart(4, '0')}`;
}

function language(name: string): string {
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return name.endsWith('.json') ? 'json' : 'ini';
}

/** Shows the characters that matter and cannot be seen. */
function visible(text: string): string {
  return text
    .replace(/\n$/, '')
    .replaceAll('\r', '␍')
    .replaceAll('\ufeff', '<BOM>')
    .replace(/\0/g, '<NUL>')
    .replace(/[\x01-\x08\x0b\x0c\x0e-\x1f]/g, (character) => `<${character.charCodeAt(0).toString(16)}>`);
}
