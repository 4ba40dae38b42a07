/** Words that set variables. */
import { expandValue, expandWords } from './expand';
import { type Scope, unknown, type Value } from './scope';
import type { Chain, Command, List, Word } from './syntax';

const assignment = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=/;

/** `name=…`, with the name not quoted. */
export function assignedName({ parts: [first] }: Word): string | undefined {
  return first?.kind === 'text' && !first.quoted ? assignment.exec(first.text)?.[1] : undefined;
}

/** Carries out an assignment. */
export function assign(word: Word, scope: Scope): void {
  const [first, ...others] = word.parts;
  if (first?.kind !== 'text') return;
  const [all = '', name = '', index, append] = assignment.exec(first.text) ?? [];
  if (index !== undefined) {
    scope.set(name, unknown(`only parts of "${name}" are set`));
    return;
  }
  const parts = [{ ...first, text: first.text.slice(all.length) }, ...others];
  const value = word.elements === undefined ? expandValue(parts, scope) : arrayOf(word.elements, name, scope);
  const before = scope.get(name);
  if (append === '+') scope.set(name, joined(before, value));
  else if (before.kind === 'array' && value.kind === 'text') {
    scope.set(name, { kind: 'array', items: [value.text, ...before.items.slice(1)] });
  } else scope.set(name, named(value, name));
}

/** So that a reason tells which variable it was. */
function named(value: Value, name: string): Value {
  if (value.kind !== 'unknown' || /^"/.test(value.reason)) return value;
  return unknown(`"${name}" is not known: ${value.reason}`);
}

function arrayOf(elements: readonly Word[], name: string, scope: Scope): Value {
  const fields = expandWords(elements, scope);
  const missing = fields.find(({ text }) => text === undefined);
  if (missing !== undefined) return unknown(`"${name}" is not known: ${missing.reason}`);
  return { kind: 'array', items: fields.map(({ text = '' }) => text) };
}

function joined(before: Value, after: Value): Value {
  if (before.kind === 'unknown') return before;
  if (after.kind === 'unknown') return after;
  if (before.kind === 'text' && after.kind === 'text') {
    const text = before.text + after.text;
    return text.length > 10_000 ? unknown('it is too long') : { kind: 'text', text };
  }
  if (before.kind === 'array' && after.kind === 'text') {
    const [first = '', ...others] = before.items;
    return { kind: 'array', items: [first + after.text, ...others] };
  }
  const items = [before, after].flatMap((value) => (value.kind === 'text' ? [value.text] : value.items));
  return items.length > 10_000 ? unknown('it is too long') : { kind: 'array', items };
}

/** Commands whose arguments are variables that they set to something unknown. */
const setters = new Set(['read', 'mapfile', 'readarray', 'getopts', 'unset', 'let']);

/** Commands whose arguments are assignments. */
export const declarers = new Set(['export', 'readonly', 'local', 'declare', 'typeset']);

/** The variables that a `read`, `unset` or the like changes. */
export function changedBy(command: string, args: readonly (string | undefined)[]): readonly string[] {
  if (!setters.has(command)) return [];
  return args.flatMap((arg) => /^[A-Za-z_]\w*/.exec(arg ?? '')?.[0] ?? []);
}

const known = new WeakMap<List, ReadonlySet<string>>();

/** Every variable that a list of commands may set: what a loop has changed when it comes round again. */
export function assignedIn(list: List): ReadonlySet<string> {
  const done = known.get(list);
  if (done !== undefined) return done;
  const names = new Set<string>();
  for (const chain of list) for (const command of commandsOf(chain)) collect(command, names);
  known.set(list, names);
  return names;
}

function commandsOf({ first, rest }: Chain): readonly Command[] {
  return [...first.commands, ...rest.flatMap(({ pipeline }) => pipeline.commands)];
}

function collect(command: Command | undefined, names: Set<string>): void {
  const lists = (...all: readonly (List | undefined)[]) => {
    for (const list of all) if (list !== undefined) for (const name of assignedIn(list)) names.add(name);
  };
  switch (command?.kind) {
    case 'simple':
      collectSimple(command.words, names);
      break;
    case 'for':
      names.add(command.variable);
      lists(command.body);
      break;
    case 'while':
      lists(command.condition, command.body);
      break;
    case 'if':
      lists(...command.branches.flatMap(({ condition, body }) => [condition, body]), command.otherwise);
      break;
    case 'case':
      lists(...command.branches);
      break;
    case 'group':
      lists(command.body);
      break;
    case 'function':
      collect(command.body, names);
  }
}

function collectSimple(words: readonly Word[], names: Set<string>): void {
  const command = words.map(plainText).find((text) => text !== undefined);
  for (const word of words) {
    const name = assignedName(word) ?? (setters.has(command ?? '') ? nameIn(word) : undefined);
    if (name !== undefined) names.add(name);
  }
}

/** Of a word that sets nothing itself. */
function plainText(word: Word): string | undefined {
  const [first] = word.parts;
  return assignedName(word) === undefined && first?.kind === 'text' ? first.text : undefined;
}

function nameIn(word: Word): string | undefined {
  return /^[A-Za-z_]\w*$/.exec(plainText(word) ?? '')?.[0];
}
