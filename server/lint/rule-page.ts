import type { Severity } from '../text/finding';
import type { ExampleFiles, ExampleModes } from '../text/rule';
import { isFixed, type RuleDescription } from './all-rules';
import { rulePageUrl } from './rule-page-url';
import { canBeHidden } from './suppression/names';

/** A rule in one line. */
export interface RuleLine {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Whether it has findings that a fix cures. */
  readonly fixable: boolean;
  /** Whether comments can hide its findings. */
  readonly ignorable: boolean;
  /** Whether a configuration can switch it off, or change how grave its findings are. */
  readonly configurable: boolean;
  /** Address of its page. */
  readonly page: string;
}

/** What is told of a rule, in this order: on its page, on a terminal, and as JSON. */
export interface RulePage extends RuleLine {
  /** Markdown. */
  readonly why: string;
  /** How that is known; no full stop. */
  readonly source: string;
  readonly examples: readonly PageExample[];
}

export interface PageExample {
  /** `Bad`, or `Bad 2` where there are several. */
  readonly heading: string;
  readonly files: readonly PageFile[];
  /** What the fix makes of those files that it changes; undefined where there is no fix. */
  readonly fixed?: readonly PageFile[];
}

export interface PageFile {
  readonly name: string;
  /** Permissions, where they matter: `0644`. */
  readonly mode?: string;
  readonly language: 'yaml' | 'json' | 'ini';
  /** No final line end; each character that matters can be seen. */
  readonly text: string;
}

export function ruleLine({ id, title, severity, bad }: RuleDescription): RuleLine {
  return {
    id,
    title,
    severity,
    fixable: bad.some(({ fixed }) => fixed !== undefined),
    ignorable: canBeHidden(id),
    configurable: !isFixed(id),
    page: rulePageUrl(id) ?? '',
  };
}

export function rulePageOf(rule: RuleDescription): RulePage {
  const { why, source, bad, good } = rule;
  return {
    ...ruleLine(rule),
    why: why.trim(),
    source: source.replace(/\.$/, ''),
    examples: [
      ...bad.map(({ files, modes, fixed }, index) => ({
        heading: numbered('Bad', index, bad.length),
        files: pageFiles(files, modes),
        ...(fixed === undefined ? {} : { fixed: pageFiles(fixed) }),
      })),
      ...good.map(({ files, modes }, index) => ({
        heading: numbered('Good', index, good.length),
        files: pageFiles(files, modes),
      })),
    ],
  };
}

function numbered(word: string, index: number, count: number): string {
  return count > 1 ? `${word} ${index + 1}` : word;
}

function pageFiles(files: ExampleFiles, modes: ExampleModes = {}): readonly PageFile[] {
  return Object.entries(files).map(([name, text]) => {
    const mode = modes[name];
    return {
      name,
      ...(mode === undefined ? {} : { mode: mode.toString(8).padStart(4, '0') }),
      language: languageOf(name),
      text: shown(text),
    };
  });
}

function languageOf(name: string): PageFile['language'] {
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return name.endsWith('.json') ? 'json' : 'ini';
}

/** Shows the characters that matter and cannot be seen. */
function shown(text: string): string {
  return text
    .replace(/\n$/, '')
    .replaceAll('\r', '␍')
    .replaceAll('\ufeff', '<BOM>')
    .replace(/\0/g, '<NUL>')
    .replace(/[\x01-\x08\x0b\x0c\x0e-\x1f]/g, (character) => `<${character.charCodeAt(0).toString(16)}>`);
}
