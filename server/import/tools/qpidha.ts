/** Our own command line. */
import type { Field } from '../../shell/expand';
import { flag, type OptionTable, readOptions, valued } from './options';
import { looseOf, other, type ToolCall, textsOf, unclear } from './tool-call';

const table: OptionTable = {
  abbreviations: false,
  options: [
    flag('-h', '--help'),
    valued('-b', '--broker'),
    valued('--queue'),
    valued('--origin'),
    valued('--replica'),
    valued('--start-replica'),
    valued('--timeout'),
    valued('--argument'),
    flag('--durable'),
    flag('--allow-plain-text'),
    flag('--json'),
    flag('--drain'),
    flag('--keep-usable'),
  ],
};

export function readQpidha([command, ...fields]: readonly Field[]): ToolCall {
  const verb = command?.text;
  if (verb === undefined || !['add', 'replicate', 'start', 'stop'].includes(verb)) return other;
  if (fields.some(({ text }) => text === '--manifest' || text?.startsWith('--manifest='))) return other;
  const read = readOptions(fields, table);
  if (!read.ok) return unclear(`qpidha refuses it: ${read.reason}`);
  const { args, values } = read;
  const loose = looseOf(args);
  if (loose !== undefined) return unclear(loose.reason ?? 'an argument is not known');
  const broker = values.get('--broker') ?? literal('localhost');
  switch (verb) {
    case 'add': {
      const origin = values.get('--start-replica');
      return origin === undefined ? other : replicate([args[1], origin, broker]);
    }
    case 'replicate':
      return replicate([args[1], args[0], broker], 'never');
    case 'start':
      return replicate([values.get('--queue'), values.get('--origin'), values.get('--replica')]);
    default: {
      const texts = textsOf([values.get('--queue'), values.get('--replica')]);
      if ('kind' in texts) return other;
      const [queue = '', replica = ''] = texts;
      return { kind: 'end', queue, replica };
    }
  }
}

function literal(text: string): Field {
  return { text, reason: undefined, loose: false, span: { start: 0, end: 0 } };
}

function replicate(fields: readonly (Field | undefined)[], create?: 'never'): ToolCall {
  const texts = textsOf(fields);
  if ('kind' in texts) return texts;
  const [queue = '', origin = '', replica = ''] = texts;
  return { kind: 'replicate', queue, origin, replica, create };
}
