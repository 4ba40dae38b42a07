/** What is known of a script's variables at one moment. */

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly string[] }
  /** `reason`: a clause, such as `"NODE1" is not set in this script`. */
  | { readonly kind: 'unknown'; readonly reason: string };

export function unknown(reason: string): Value {
  return { kind: 'unknown', reason };
}

/** A branch of the script that may or may not run sees the variables around it, and keeps its own changes apart. */
export class Scope {
  private readonly values = new Map<string, Value>();
  /** Of everything that has not been set since: some other file may have set it. */
  private doubt: string | undefined;

  constructor(
    private readonly parent?: Scope,
    /** Set from outside, for good: the script does not change them. */
    private readonly given: ReadonlyMap<string, string> = parent?.given ?? new Map(),
  ) {}

  get(name: string): Value {
    const given = this.given.get(name);
    if (given !== undefined) return { kind: 'text', text: given };
    const value = this.find(name);
    if (value !== undefined) return value;
    if (/^[?$!-]$/.test(name)) return unknown(`"$${name}" is known only when the script runs`);
    return unknown(
      isArgument(name) ? `"$${name}" is an argument of this script` : `"${name}" is not set in this script`,
    );
  }

  private find(name: string): Value | undefined {
    const own = this.values.get(name);
    if (own !== undefined) return own;
    if (this.doubt !== undefined && !isArgument(name))
      return unknown(`"${name}" may be set by ${this.doubt}`);
    return this.parent?.find(name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  /** Something that we do not see may have changed any variable. */
  forget(culprit: string): void {
    for (const name of this.values.keys()) if (!isArgument(name)) this.values.delete(name);
    this.doubt = culprit;
  }

  branch(): Scope {
    return new Scope(this);
  }

  /** What branches have changed, when one of them may have run; `all`: one of them has run for certain. */
  merge(branches: readonly Scope[], all: boolean): void {
    const doubt = branches.find((branch) => branch.doubt !== undefined)?.doubt;
    const names = new Set(branches.flatMap((branch) => [...branch.values.keys()]));
    const merged = [...names].map((name): [string, Value] => {
      const outcomes = [...branches.map((branch) => branch.find(name)), ...(all ? [] : [this.find(name)])];
      const [first] = outcomes;
      const same = first !== undefined && outcomes.every((outcome) => outcome && isSame(first, outcome));
      return [name, same ? first : unknown(`"${name}" depends on what happens when the script runs`)];
    });
    if (doubt !== undefined) this.forget(doubt);
    for (const [name, value] of merged) this.values.set(name, value);
  }
}

/** `$1`, `$@` and their like: no other file changes them. */
function isArgument(name: string): boolean {
  return /^(?:[0-9]+|[@*#])$/.test(name);
}

function isSame(one: Value, other: Value): boolean {
  if (one.kind === 'text' && other.kind === 'text') return one.text === other.text;
  if (one.kind !== 'array' || other.kind !== 'array') return false;
  return (
    one.items.length === other.items.length && one.items.every((item, index) => item === other.items[index])
  );
}
