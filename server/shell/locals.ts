/** Variables that are declared: those of a function, which end with it, and those whose values the shell changes. */
import { assign, assignedName } from './assignments';
import type { Field } from './expand';
import { type Scope, unknown, type Value } from './scope';
import type { Word } from './syntax';

interface Saved {
  readonly value: Value;
  readonly peculiar: string | undefined;
}

export class Declarations {
  /** Of each function that is running, what its own variables hide. */
  private readonly frames: Map<string, Saved>[] = [];
  /** Variables that do not simply take what is assigned, and why. */
  private readonly peculiar = new Map<string, string>();

  /** `work` is what the function does; `scope`, at any time, where variables are set. */
  inFunction<Result>(scope: () => Scope, work: () => Result): Result {
    const frame = new Map<string, Saved>();
    this.frames.push(frame);
    const result = work();
    this.frames.pop();
    for (const [name, { value, peculiar }] of frame) {
      scope().set(name, value);
      this.mark(name, peculiar);
    }
    return result;
  }

  assign(word: Word, scope: Scope): void {
    assign(word, scope);
    const name = assignedName(word);
    const reason = name === undefined ? undefined : this.peculiar.get(name);
    if (name !== undefined && reason !== undefined) scope.set(name, unknown(reason));
  }

  /** `local`, `export` and their like, with `words` as they are written and `fields` as they are after expansion. */
  declare(command: string, words: readonly Word[], fields: readonly Field[], scope: Scope): void {
    const letters = fields.flatMap(({ text = '' }) => /^-([A-Za-z]+)$/.exec(text)?.[1] ?? []).join('');
    const isOwn = command !== 'export' && command !== 'readonly' && !letters.includes('g');
    for (const { text = '' } of fields) {
      const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
      if (name !== undefined && isOwn) this.own(name, text === name, scope);
    }
    for (const word of words) if (assignedName(word) !== undefined) this.assign(word, scope);
    const reason = reasonOf(command, letters);
    for (const { text = '' } of reason === undefined ? [] : fields) {
      const [, name, target] = /^([A-Za-z_]\w*)(?:=([A-Za-z_]\w*)?)?/.exec(text) ?? [];
      if (name === undefined) continue;
      this.mark(name, `"${name}" ${reason}`);
      if (!isReadonly(command, letters)) scope.set(name, unknown(`"${name}" ${reason}`));
      if (letters.includes('n') && target !== undefined) {
        this.mark(target, `"${target}" has another name, "${name}"`);
        scope.set(target, unknown(`"${target}" has another name, "${name}"`));
      }
    }
  }

  private own(name: string, isBare: boolean, scope: Scope): void {
    const frame = this.frames[this.frames.length - 1];
    if (frame === undefined || frame.has(name)) return;
    frame.set(name, { value: scope.get(name), peculiar: this.peculiar.get(name) });
    this.mark(name, undefined);
    if (isBare) scope.set(name, { kind: 'text', text: '' });
  }

  private mark(name: string, reason: string | undefined): void {
    if (reason === undefined) this.peculiar.delete(name);
    else this.peculiar.set(name, reason);
  }
}

function isReadonly(command: string, letters: string): boolean {
  return (command === 'readonly' || letters.includes('r')) && !/[ilun]/.test(letters);
}

function reasonOf(command: string, letters: string): string | undefined {
  if (letters.includes('n')) return 'is another name of a variable';
  if (letters.includes('i')) return 'is calculated';
  if (/[lu]/.test(letters)) return 'is changed to capital or small letters';
  return isReadonly(command, letters) ? 'is set again although it is read-only' : undefined;
}
