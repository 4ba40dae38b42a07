import type { EffectiveSetting, EffectiveValue } from '../qpidd-conf/effective';
import { readValue, type Value } from '../qpidd-conf/values/value';

const transports: ReadonlySet<string> = new Set(['tcp', 'ssl', 'rdma']);

/** Whether an option has these values as the broker understands them; several in whatever order. */
export function hasValues({ option, values }: EffectiveSetting, expected: readonly string[]): boolean {
  const left = [...values];
  for (const text of expected) {
    const wanted = readValue(option.type, text, transports);
    const index = left.findIndex((actual) => isSame(wanted, text, actual));
    if (index < 0) return false;
    left.splice(index, 1);
  }
  return left.length === 0;
}

function isSame(wanted: Value, text: string, actual: EffectiveValue): boolean {
  return text === actual.text || keyOf(wanted, text) === keyOf(actual.value, actual.text);
}

/** The same for texts that the broker understands alike. */
function keyOf(value: Value, text: string): string {
  switch (value.kind) {
    case 'boolean':
    case 'integer':
    case 'enum':
      return `${value.kind} ${value.value}`;
    case 'duration':
      return `duration ${value.seconds}`;
    case 'url': {
      if (value.url === undefined) return 'no url';
      const { user, members } = value.url;
      const addresses = members.map(({ transport, host, port }) => `${transport}:${host}:${port}`);
      // A URL with a password is the same only where all of it is.
      return `url ${JSON.stringify([value.url.hasPassword ? text : user, addresses])}`;
    }
    case 'text':
    case 'log-rule':
    case 'invalid':
      return `text ${text}`;
  }
}
