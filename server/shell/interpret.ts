/** Follows a script without running it, and tells which commands it would run, with which arguments. */
import type { Span } from '../text/span';
import { isTest } from './asks';
import { assignedIn, assignedName, changedBy, declarers } from './assignments';
import { expandWords, type Field } from './expand';
import { Declarations } from './locals';
import { Scope, unknown, type Value } from './scope';
import type { Branch, Chain, Command, List, Pipeline, Script } from './syntax';

export interface Call {
  /** The name of the command and its arguments. */
  readonly fields: readonly Field[];
  readonly span: Span;
  /** Why it may not be run, as a clause; undefined: it is run. */
  readonly condition: string | undefined;
}

export interface InterpretOptions {
  /** Values of variables that the script does not set itself, or that it shall not set: `NODE1`, `1`. */
  readonly given: ReadonlyMap<string, string>;
  onCall(call: Call): void;
  /** The script does more than we follow. */
  onLimit(): void;
}

/** Commands that are followed at most, over all rounds of all loops. */
const mostSteps = 50_000;

const deepestCalls = 30;

export function interpret({ body }: Script, options: InterpretOptions): void {
  new Interpreter(options).run(body);
}

/** Why the following commands are not run. */
type Flow = 'exit' | 'return' | 'break' | 'continue' | undefined;

const conditional = 'a condition decides whether it is run';
const mayHaveEnded = 'the script may have ended before';
const notSoFar = 'the loop may not come so far';

class Interpreter {
  private scope: Scope;
  private readonly functions = new Map<string, Command | undefined>();
  private condition: string | undefined;
  private steps = 0;
  private calls = 0;
  private limited = false;
  private readonly declarations = new Declarations();
  /** Set behind a command that succeeds, as we take it, and then ends the script. */
  private ended: string | undefined;
  /** Loops around the innermost one that a `break` or `continue` also ends. */
  private outerLoops = 0;
  /** Loops around the innermost one that may have been ended. */
  private doubtedLoops = 0;

  constructor(private readonly options: InterpretOptions) {
    const entries = [...options.given];
    const isArgument = ([name]: readonly [string, string]) => /^[0-9]+$/.test(name);
    this.scope = new Scope(undefined, new Map(entries.filter((entry) => !isArgument(entry))));
    for (const [name, text] of entries.filter(isArgument)) this.scope.set(name, { kind: 'text', text });
  }

  run(body: List): void {
    this.list(body);
    if (this.limited) this.options.onLimit();
  }

  private list(list: List): Flow {
    for (const chain of list) {
      const flow = this.chain(chain);
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  private chain({ first, rest, background }: Chain): Flow {
    if (background) return this.apart(() => this.chain({ first, rest, background: false }));
    let flow = this.pipeline(first);
    if (flow !== undefined || rest.length === 0) return flow;
    let tested = this.isTest(first);
    const outer = this.scope;
    this.scope = outer.branch();
    for (const { operator, pipeline } of rest) {
      const follow = () => this.pipeline(pipeline);
      const alternative = operator === '||';
      // Commands are taken to succeed, so that what follows a failure is not certain at all.
      flow = this.when(tested || alternative ? conditional : undefined, () =>
        alternative ? this.branch(follow) : follow(),
      );
      tested ||= this.isTest(pipeline);
      // What follows a failure ends the script only then.
      if (flow !== undefined) break;
    }
    outer.merge([this.scope], false);
    this.scope = outer;
    if (!tested && rest.every(({ operator }) => operator === '&&')) {
      if (flow === 'exit') this.ended = mayHaveEnded;
      if (flow === 'return') this.condition ??= mayHaveEnded;
    }
    this.doubt(flow);
    return undefined;
  }

  /** After a round that may have ended early, or a function that may have returned, who knows what is run. */
  private doubt(flow: Flow): void {
    if (flow !== 'break' && flow !== 'continue') return;
    this.condition ??= notSoFar;
    this.doubtedLoops = Math.max(this.doubtedLoops, this.outerLoops);
    this.outerLoops = 0;
  }

  /** Behind a loop: what its `break 2` or `continue 2` means for the loop around it. */
  private leave(flow: Flow): Flow {
    if (this.doubtedLoops > 0) {
      this.doubtedLoops -= 1;
      this.condition ??= notSoFar;
    }
    if (flow !== 'break' && flow !== 'continue') return flow;
    if (this.outerLoops === 0) return undefined;
    this.outerLoops -= 1;
    return flow;
  }

  private isTest(pipeline: Pipeline): boolean {
    return isTest(pipeline, (name) => this.functions.get(name));
  }

  private pipeline({ commands }: Pipeline): Flow {
    const [only, ...others] = commands;
    if (only !== undefined && others.length === 0) return this.command(only);
    for (const command of commands) this.apart(() => this.command(command));
    return undefined;
  }

  private command(command: Command): Flow {
    this.steps += 1;
    if (this.steps >= mostSteps) this.limited = true;
    if (this.limited) return 'exit';
    switch (command.kind) {
      case 'simple':
        return this.simple(command);
      case 'for':
        return this.forLoop(command);
      case 'while':
        return this.whileLoop(command.condition, command.body);
      case 'if':
        return this.ifs(command.branches, command.otherwise);
      case 'case':
        return this.alternatives(command.branches, false);
      case 'group':
        return command.subshell ? this.apart(() => this.list(command.body)) : this.list(command.body);
      case 'function':
        this.functions.set(command.name, command.body);
        return undefined;
      case 'test':
        return undefined;
    }
  }

  /** In a shell of its own: what it sets, and that it ends, is its own. */
  private apart(work: () => Flow): Flow {
    const { scope, ended } = this;
    this.scope = scope.branch();
    work();
    this.scope = scope;
    this.ended = ended;
    return undefined;
  }

  private when(condition: string | undefined, work: () => Flow): Flow {
    const outer = this.condition;
    this.condition ??= condition;
    const flow = work();
    this.condition = outer;
    return flow;
  }

  /** Something that may happen. */
  private branch(work: () => Flow): Flow {
    const outer = this.scope;
    this.scope = outer.branch();
    const flow = work();
    outer.merge([this.scope], false);
    this.scope = outer;
    return flow;
  }

  private ifs(branches: readonly Branch[], otherwise: List | undefined): Flow {
    const [first, ...others] = branches;
    const flow = first && this.list(first.condition);
    if (flow !== undefined) return flow;
    for (const { condition } of others) this.when(conditional, () => this.branch(() => this.list(condition)));
    const bodies = branches.map(({ body }) => body);
    return this.alternatives(
      otherwise === undefined ? bodies : [...bodies, otherwise],
      otherwise !== undefined,
    );
  }

  private alternatives(bodies: readonly List[], complete: boolean): Flow {
    const { scope: outer, ended } = this;
    const flows: Flow[] = [];
    const scopes: Scope[] = [];
    for (const body of bodies) {
      this.scope = outer.branch();
      const flow = this.when(conditional, () => this.list(body));
      flows.push(flow);
      // What is set before the script ends is of no importance behind.
      if (flow !== 'exit' && flow !== 'return') scopes.push(this.scope);
    }
    this.scope = outer;
    this.ended = ended;
    if (scopes.length > 0 || !complete) outer.merge(scopes, complete);
    for (const flow of flows) this.doubt(flow);
    const [first] = flows;
    return complete && flows.every((flow) => flow === first) ? first : undefined;
  }

  private forLoop({ variable, words, body }: Command & { readonly kind: 'for' }): Flow {
    const fields = words === undefined ? undefined : expandWords(words, this.scope);
    const condition = this.condition;
    let flow: Flow;
    if (fields === undefined || fields.some(({ loose }) => loose)) {
      const reason = fields?.find(({ loose }) => loose)?.reason ?? 'its loop has no list of words';
      flow = this.repeat(variable, reason, body);
    } else {
      for (const { text, reason } of fields) {
        const value: Value =
          text === undefined ? unknown(reason ?? 'it is not known') : { kind: 'text', text };
        this.scope.set(variable, value);
        flow = this.list(body);
        if (flow === 'continue' && this.outerLoops === 0) flow = undefined;
        if (flow !== undefined) break;
      }
    }
    this.condition = condition;
    return this.leave(flow);
  }

  /** A loop over we do not know what: its commands are seen once. */
  private repeat(variable: string, reason: string, body: List): Flow {
    this.loopChanges(body);
    this.branch(() => {
      this.scope.set(variable, unknown(`"${variable}" is not known: ${reason}`));
      const flow = this.when('its loop may have no round', () => this.list(body));
      this.doubt(flow);
      return undefined;
    });
    return undefined;
  }

  private whileLoop(condition: List, body: List): Flow {
    const before = this.condition;
    this.loopChanges(condition);
    this.loopChanges(body);
    this.list(condition);
    this.doubt(this.branch(() => this.when('its loop may have no round', () => this.list(body))));
    this.condition = before;
    return this.leave(undefined);
  }

  /** What the loop sets has another value in each round. */
  private loopChanges(body: List): void {
    for (const name of assignedIn(body)) {
      this.scope.set(name, unknown(`"${name}" changes from round to round of a loop`));
    }
  }

  private simple({ words, span }: Command & { readonly kind: 'simple' }): Flow {
    const start = words.findIndex((word) => assignedName(word) === undefined);
    const leading = start < 0 ? words : words.slice(0, start);
    const rest = start < 0 ? [] : words.slice(start);
    // Before a command, they hold for that command only.
    if (rest.length === 0) {
      for (const word of leading) this.declarations.assign(word, this.scope);
      return undefined;
    }
    const [name, ...args] = expandWords(rest, this.scope);
    if (name === undefined) return undefined;
    if (declarers.has(name.text ?? '')) {
      this.declarations.declare(name.text ?? '', rest, args, this.scope);
      return undefined;
    }
    const called = name.text === undefined ? undefined : this.functions.get(name.text);
    if (called !== undefined) return this.function(called, args);
    this.options.onCall({ fields: [name, ...args], span, condition: this.condition ?? this.ended });
    return this.builtin(name.text ?? '', args);
  }

  private builtin(name: string, args: readonly Field[]): Flow {
    switch (name) {
      case 'exit':
      case 'exec':
        return name === 'exec' && args.length === 0 ? undefined : 'exit';
      case 'return':
        return name;
      case 'break':
      case 'continue':
        this.outerLoops = Math.max(0, (Number(args[0]?.text ?? 1) || 1) - 1);
        return name;
      case 'shift':
        this.shift(Number(args[0]?.text ?? 1));
        break;
      case 'set':
        if (args[0]?.text === '--') this.positional(args.slice(1));
        break;
      case '.':
      case 'source':
        this.scope.forget(args[0]?.text ?? 'another file');
        break;
      case 'eval':
        this.scope.forget('eval');
        break;
      case 'printf':
        if (args[0]?.text === '-v') this.scope.set(args[1]?.text ?? '', unknown('it is set by printf'));
    }
    for (const changed of changedBy(
      name,
      args.map(({ text }) => text),
    )) {
      this.scope.set(changed, unknown(`"${changed}" is set by "${name}"`));
    }
    return undefined;
  }

  private function(body: Command, args: readonly Field[]): Flow {
    if (this.calls >= deepestCalls) this.limited = true;
    if (this.limited) return 'exit';
    const names = ['@', '*', '#', ...Array.from({ length: 9 }, (_, index) => String(index + 1))];
    const before = names.map((name): [string, Value] => [name, this.scope.get(name)]);
    const condition = this.condition;
    this.calls += 1;
    this.positional(args);
    const flow = this.declarations.inFunction(
      () => this.scope,
      () => this.command(body),
    );
    this.outerLoops = 0;
    this.calls -= 1;
    for (const [name, value] of before) this.scope.set(name, value);
    this.condition = condition;
    return flow === 'exit' ? flow : undefined;
  }

  private positional(args: readonly Field[]): void {
    const loose = args.find((field) => field.loose);
    const missing = args.find(({ text }) => text === undefined);
    const items: Value =
      missing === undefined
        ? { kind: 'array', items: args.map(({ text = '' }) => text) }
        : unknown(missing.reason ?? 'it is not known');
    this.scope.set('@', items);
    this.scope.set('*', items);
    this.scope.set(
      '#',
      loose === undefined ? { kind: 'text', text: String(args.length) } : unknown('it is not known'),
    );
    for (let index = 0; index < Math.max(9, args.length); index += 1) {
      const field = args[index];
      const known = args.slice(0, index + 1).every((each) => !each.loose);
      if (!known) this.scope.set(String(index + 1), unknown(loose?.reason ?? 'it is not known'));
      else if (field === undefined) this.scope.set(String(index + 1), { kind: 'text', text: '' });
      else
        this.scope.set(
          String(index + 1),
          field.text === undefined
            ? unknown(field.reason ?? 'it is not known')
            : { kind: 'text', text: field.text },
        );
    }
  }

  private shift(count: number): void {
    const all = this.scope.get('@');
    if (all.kind !== 'array') {
      const reason = all.kind === 'unknown' ? all.reason : 'it is not known';
      for (const name of ['@', '*', '#', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        this.scope.set(name, unknown(reason));
      return;
    }
    const span = { start: 0, end: 0 };
    this.positional(all.items.slice(count).map((text) => ({ text, reason: undefined, loose: false, span })));
  }
}
