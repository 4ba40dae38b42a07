import type { Option } from '../catalogue';
import { noteOn } from '../value-notes';
import { binarySize, timeSpan } from './amounts';
import type { LogRule } from './log-rule';
import type { Value } from './value';

/** What a value means where that is not plain to see: Markdown, one sentence. */
export function explainValue(option: Option, value: Value): string | undefined {
  switch (value.kind) {
    case 'boolean':
      return value.value ? 'On.' : 'Off.';
    case 'integer':
      return explainInteger(option, value.value, value.wrapped);
    case 'duration':
      return explainDuration(value.seconds);
    case 'enum':
      return explainWord(option, value.value);
    case 'url':
      return value.url === undefined
        ? 'No URL.'
        : value.url.members
            .map(
              ({ transport, host, port }) =>
                `- \`${host}\` port ${port}, ${transport === 'tcp' ? 'TCP' : transport.toUpperCase()}`,
            )
            .join('\n');
    case 'log-rule':
      return value.rule === undefined
        ? 'No rule: nothing is logged but critical messages.'
        : explainRule(value.rule);
    case 'text':
      return explainWord(option, value.value);
    case 'invalid':
      return undefined;
  }
}

function explainWord(option: Option, word: string): string | undefined {
  const note = noteOn(option, word);
  return note === undefined ? undefined : `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;
}

function explainInteger({ type }: Option, value: number, wrapped: boolean): string | undefined {
  const taken = wrapped ? `Taken as ${value}: the option cannot be negative.` : undefined;
  if (type.kind !== 'integer') return taken;
  const bytes = type.unit === 'bytes' ? value : type.unit === 'KiB' ? value * 1024 : undefined;
  const size = bytes !== undefined && bytes >= 1024 ? `${binarySize(bytes)}.` : undefined;
  const time =
    type.unit === 's'
      ? explainDuration(value)
      : type.unit === 'ms'
        ? explainDuration(value / 1000)
        : undefined;
  const parts = [taken, size, time].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

function explainDuration(seconds: number): string | undefined {
  const time = timeSpan(seconds);
  return time === undefined ? undefined : `${time}.`;
}

function explainRule({ level, reach, off, pattern }: LogRule): string {
  const levels = reach === 'above' ? `${level} and above` : reach === 'below' ? `${level} and below` : level;
  const scope = pattern === '' ? 'everything' : `\`${pattern}\``;
  return `${off ? 'Switches off ' : ''}${levels}, for ${scope}.`.replace(/^./, (letter) =>
    letter.toUpperCase(),
  );
}
