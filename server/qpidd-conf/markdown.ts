import { type Option, optionsNamed, type RemovedOption } from './catalogue';
import { describeDefault, describeModule, describeType } from './describe';

/** Options as Markdown, for hovers and proposals. */
export function optionMarkdown(option: Option): string {
  const facts = [
    `Default: ${'value' in option.default ? `\`${option.default.value || '(empty)'}\`` : describeDefault(option)}`,
    `Defined by: ${definedBy(option)}`,
    ...(option.since === undefined ? [] : [`Since: ${option.since}`]),
    `Environment: \`${option.env}\``,
  ];
  return [
    `**${option.name}** (${describeType(option)})`,
    option.summary,
    ...(option.deprecated === undefined ? [] : [`Deprecated. ${option.deprecated}`]),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(option.notes.length === 0 ? [] : [option.notes.map((note) => `- ${note}`).join('\n')]),
    `*${option.source}*`,
  ].join('\n\n');
}

function definedBy(option: Option): string {
  const others = optionsNamed(option.name)
    .map(({ module }) => describeModule(module))
    .filter((name) => name !== describeModule(option.module));
  const also = others.length === 0 ? '' : `; also by ${[...new Set(others)].join(', ')}`;
  const where =
    option.platform === 'windows'
      ? ', on Windows only'
      : option.scope === 'client'
        ? ', in qpidc.conf only'
        : '';
  return `${describeModule(option.module)}${where}${also}`;
}

export function removedMarkdown({ name, removed, never, replacement }: RemovedOption): string {
  return [
    `**${name}** (no option of today's broker)`,
    never ?? `Removed on ${removed}.`,
    replacement === undefined ? 'Nothing replaces it.' : `Use instead: ${replacement}`,
  ].join('\n\n');
}
