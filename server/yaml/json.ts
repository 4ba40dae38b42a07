import { span } from '../text/span';
import type { YamlProblem } from './problem';

/**
 * Why a text that is YAML is no JSON, and from where on; undefined for JSON. Other tools read a file of that name, too,
 * and know no other kind: no comma after the last entry, no comments, nothing without quotes.
 */
export function jsonFault(text: string): YamlProblem | undefined {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  try {
    JSON.parse(text.slice(mark));
    return undefined;
  } catch (error) {
    const told = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const start = told === undefined ? text.length : Math.min(mark + Number(told), text.length);
    const message =
      'By its name this file is JSON, and here it is none: JSON has no comma after the last entry, no comments, and all keys and texts in double quotes.';
    return { kind: 'syntax', span: span(start, Math.min(start + 1, text.length)), message };
  }
}
