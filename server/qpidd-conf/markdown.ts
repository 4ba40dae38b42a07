import { type Option, optionsNamed, type RemovedOption } from './catalogue';
import { describeDefault, describeModule, describeType } from './describe';
import type { Release } from './release';
import { existsIn, firstRelease, isDeprecatedIn, wasIn } from './release-history';
import { notesOf } from './value-notes';

/** Options as Markdown, for hovers and proposals. */
export function optionMarkdown(option: Option, release?: Release): string {
  const since = firstRelease(option.name) ?? option.since;
  const facts = [
    `Default: ${'value' in option.default ? `\`${option.default.value || '(empty)'}\`` : describeDefault(option)}`,
    `Defined by: ${definedBy(option)}`,
    ...(since === undefined
      ? []
      : [`Since: ${since}${existsIn(option, release) ? '' : `; not in ${release}`}`]),
    `Environment: \`${option.env}\``,
  ];
  return [
    `**${option.name}** (${describeType(option)})`,
    option.summary,
    ...(isDeprecatedIn(option, release) ? [`Deprecated. ${option.deprecated}`] : []),
    ...values(option),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...(option.notes.length === 0 ? [] : [option.notes.map((note) => `- ${note}`).join('\n')]),
    `*${option.source}*`,
  ].join('\n\n');
}

/** What the words mean that may stand there. */
function values(option: Option): readonly string[] {
  const notes = notesOf(option).map(([value, note]) => `- \`${value}\`: ${note}`);
  return notes.length === 0 ? [] : [notes.join('\n')];
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

export function removedMarkdown(option: RemovedOption, release?: Release): string {
  const { name, removed, never, replacement, since, until } = option;
  const status = wasIn(option, release) ? `an option of ${release}` : "no option of today's broker";
  return [
    `**${name}** (${status})`,
    never ?? `Removed on ${removed}.`,
    ...(since === undefined || until === undefined ? [] : [`Since: ${since}; last in: ${until}`]),
    replacement === undefined ? 'Nothing replaces it.' : `Use instead: ${replacement}`,
  ].join('\n\n');
}
