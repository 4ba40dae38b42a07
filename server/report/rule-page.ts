import type { PageExample, PageFile, RulePage } from '../lint/rule-page';
import type { Severity } from '../text/finding';
import { type Layout, type MarkdownColors, terminalMarkdown } from './terminal-markdown';

type Paint = (text: string) => string;

export interface PageColors extends MarkdownColors {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
}

export interface PageLayout extends Omit<Layout, 'indent'> {
  readonly colors: PageColors;
  /** A text as a link, where the terminal has links. */
  link(text: string, url: string): string;
}

export function severityPaint(colors: PageColors): Readonly<Record<Severity, Paint>> {
  return { error: colors.red, warning: colors.yellow, info: colors.blue };
}

/** The page of a rule, for a terminal; with a final newline. */
export function terminalRulePage(page: RulePage, layout: PageLayout): string {
  const { colors, width, link } = layout;
  const { bold } = colors;
  const text = (markdown: string) => terminalMarkdown(markdown, { width, indent: 2, colors });
  const sections = [
    `${bold(page.id)}  ${severityPaint(colors)[page.severity](page.severity)}\n${text(`${page.title}.`)}`,
    `${bold('Why')}\n${text(page.why)}`,
    `${bold('How that is known')}\n${text(`${page.source}.`)}`,
    ...page.examples.map((example) => exampleSection(example, colors)),
    `${bold('What can be done')}\n${text(ways(page))}`,
    `${bold('Page')}\n  ${link(page.page, page.page)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function exampleSection({ heading, files, fixed }: PageExample, colors: PageColors): string {
  const cure =
    fixed === undefined
      ? []
      : [`  ${colors.dim('"--fix" makes of it:')}`, ...fixed.map((file) => fileText(file, colors))];
  return [colors.bold(heading), ...files.map((file) => fileText(file, colors)), ...cure].join('\n');
}

function fileText({ name, mode, text }: PageFile, { bold, dim }: PageColors): string {
  const note = mode === undefined ? '' : dim(`, mode ${mode}`);
  const lines = text.split('\n').map((line) => `    ${dim('|')} ${line}`.trimEnd());
  return [`  ${bold(name)}${note}`, ...lines].join('\n');
}

function ways({ id, fixable, ignorable, configurable }: RulePage): string {
  return [
    fixable
      ? '- `qpidha lint --fix` cures what is certain to be meant.'
      : '- There is no fix that would be certain to be meant.',
    ignorable
      ? `- A comment on the line before, \`# qpidha: disable-next-line ${id} -- REASON\`, hides a finding.`
      : '- Comments do not hide it.',
    configurable
      ? `- In \`qpidha.config.yaml\`, \`${id}: off\` below \`rules:\` switches it off; another severity can stand there, too.`
      : '- No configuration changes it.',
  ].join('\n');
}
