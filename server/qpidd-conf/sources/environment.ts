import type { Option } from '../catalogue';
import { parseBoolean } from '../values/boolean';
import type { Given, Reading } from './given';

const prefix = 'QPID_';

/**
 * Variables as the broker reads them: `QPID_` and the name in upper case, `-` and `.` as `_` (Options.cpp
 * EnvOptMapper). Names that match no option are ignored, lower-case ones among them; an empty boolean is true.
 */
export function readEnvironment(variables: ReadonlyMap<string, string>, known: readonly Option[]): Reading {
  const given: Given[] = [];
  const notes: string[] = [];
  const byVariable = new Map(known.map((option) => [variableOf(option.name), option]));
  for (const [variable, text] of variables) {
    if (!variable.startsWith(prefix)) {
      const meant = byVariable.get(variable.toUpperCase());
      if (meant !== undefined) notes.push(caseMatters(variable, meant));
      continue;
    }
    const option = byVariable.get(variable) ?? known.find(({ name }) => matches(variable, name));
    if (option !== undefined) {
      given.push({ option, text, source: { kind: 'environment', variable } });
      if (text === '' && isBoolean(option)) notes.push(`${variable} is empty, which means yes.`);
      continue;
    }
    const meant = byVariable.get(variable.toUpperCase().replaceAll('-', '_'));
    if (meant !== undefined) notes.push(caseMatters(variable, meant));
  }
  return { given, problems: [], notes };
}

export function variableOf(name: string): string {
  return prefix + name.toUpperCase().replace(/[-.]/g, '_');
}

/** Also `QPID_LOG-ENABLE`, which no shell can set, but `env` can. */
function matches(variable: string, name: string): boolean {
  const rest = variable.slice(prefix.length);
  return (
    rest.length === name.length &&
    [...rest].every((letter, at) => {
      const other = name[at] ?? '';
      return letter === other.toUpperCase() || (letter === '_' && (other === '-' || other === '.'));
    })
  );
}

function caseMatters(variable: string, { name }: Option): string {
  return `${variable} is ignored, since its letters must all be upper case: ${variableOf(name)}.`;
}

export function isBoolean({ type }: Option): boolean {
  return type.kind === 'boolean' || type.kind === 'switch';
}

/** A word that somebody wrote as the value of a boolean. */
export function isBooleanWord(text: string): boolean {
  return text !== '' && parseBoolean(text) !== undefined;
}
