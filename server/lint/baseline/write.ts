import { type Baseline, sortedEntries } from './baseline';

/** The version of the format. It is raised when something is removed or changes its meaning. */
export const baselineVersion = 1;

type Counts = Record<string, number>;

/** A baseline as JSON, one fingerprint a line, so that a change of it is a small one. */
export function writeBaseline(entries: Baseline): string {
  const files: Record<string, Record<string, Counts>> = {};
  for (const { file, rule, fingerprint, count } of sortedEntries(entries)) {
    const rules = own(files, file, {});
    own(rules, rule, {})[fingerprint] = count;
  }
  return `${JSON.stringify({ version: baselineVersion, files }, undefined, 2)}\n`;
}

/** A file may be called `__proto__`. */
function own<Value>(object: Record<string, Value>, key: string, fallback: Value): Value {
  if (Object.hasOwn(object, key)) return object[key] ?? fallback;
  Object.defineProperty(object, key, {
    value: fallback,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return fallback;
}
