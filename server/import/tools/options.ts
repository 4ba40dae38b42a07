/** How the tools read their arguments: Python's optparse, in which options stand anywhere. */
import type { Field } from '../../shell/expand';

export interface ToolOption {
  /** `-b`, `--broker` */
  readonly names: readonly string[];
  readonly takesValue: boolean;
}

export interface OptionTable {
  readonly options: readonly ToolOption[];
  /** Long names may be cut short where only one begins so. */
  readonly abbreviations: boolean;
}

export type ReadOptions =
  | {
      readonly ok: true;
      /** By the last name of the option: the last value that is given counts. */
      readonly values: ReadonlyMap<string, Field>;
      readonly args: readonly Field[];
    }
  | { readonly ok: false; readonly reason: string };

export function flag(...names: readonly string[]): ToolOption {
  return { names, takesValue: false };
}

export function valued(...names: readonly string[]): ToolOption {
  return { names, takesValue: true };
}

/** What is not known is taken for an argument, never for an option: who asks has to look at `loose`. */
export function readOptions(fields: readonly Field[], table: OptionTable): ReadOptions {
  const values = new Map<string, Field>();
  const args: Field[] = [];
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at];
    if (field === undefined) break;
    const { text } = field;
    if (text === '--') {
      args.push(...fields.slice(at + 1));
      break;
    }
    if (text === undefined || text === '-' || !text.startsWith('-')) {
      args.push(field);
      continue;
    }
    const read = text.startsWith('--') ? readLong(text, table) : readShort(text, table);
    if (typeof read === 'string') return { ok: false, reason: read };
    for (const { option, value } of read) {
      const name = option.names[option.names.length - 1] ?? '';
      if (!option.takesValue) values.set(name, field);
      else if (value !== undefined) values.set(name, { ...field, text: value });
      else {
        at += 1;
        const next = fields[at];
        if (next === undefined) return { ok: false, reason: `a value is missing after "${text}"` };
        values.set(name, next);
      }
    }
  }
  return { ok: true, values, args };
}

interface Found {
  readonly option: ToolOption;
  /** Written in the same word. */
  readonly value: string | undefined;
}

function readLong(text: string, { options, abbreviations }: OptionTable): readonly Found[] | string {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  const exact = options.filter(({ names }) => names.includes(name));
  const begun = abbreviations
    ? options.filter(({ names }) => names.some((known) => known.startsWith(name)))
    : [];
  const [option, ...others] = exact.length > 0 ? exact : begun;
  if (option === undefined) return `there is no option "${name}"`;
  if (others.length > 0) return `the option "${name}" may mean several`;
  if (!option.takesValue && value !== undefined) return `the option "${name}" takes no value`;
  return [{ option, value }];
}

/** `-rb node1`, `-bnode1` */
function readShort(text: string, { options }: OptionTable): readonly Found[] | string {
  const found: Found[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const name = `-${text[at]}`;
    const option = options.find(({ names }) => names.includes(name));
    if (option === undefined) return `there is no option "${name}"`;
    const rest = text.slice(at + 1);
    found.push({ option, value: option.takesValue && rest !== '' ? rest : undefined });
    if (option.takesValue) break;
  }
  return found;
}
