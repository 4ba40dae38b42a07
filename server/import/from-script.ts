/** A manifest of what a script of the shell replicates. The script is read, never run. */
import { type Endpoint, parseEndpoint } from '../address/endpoint';
import { comparable } from '../replication/addresses';
import { type SimpleCommand, simpleCommands } from '../shell/commands';
import { type Call, interpret } from '../shell/interpret';
import { parseScript } from '../shell/parser';
import type { Script } from '../shell/syntax';
import type { SourceDocument } from '../text/document';
import type { Draft, DraftReplication, Omission } from './draft';
import type { Imported } from './imported';
import { brokersOf } from './script-brokers';
import { sift } from './sift';
import { mention, readCall } from './tools/read-call';
import type { ToolCall } from './tools/tool-call';

export interface ScriptFile {
  /** As its user names it. */
  readonly name: string;
  readonly source: SourceDocument;
}

/** `given`: values of variables that the scripts do not set themselves, or arguments of theirs: `NODE1`, `1`. */
export function fromScripts(files: readonly ScriptFile[], given: ReadonlyMap<string, string>): Imported {
  const readers = files.map((file) => new ScriptReader(file, given).read());
  const wanted = readers.flatMap((reader) => reader.wanted);
  const brokers = brokersOf(wanted.flatMap(({ origin, replica }) => [origin, replica]));
  const replications = new Map<string, DraftReplication>();
  for (const { queue, origin, replica, create, place } of wanted) {
    const [from, to] = [brokers.nameOf(origin), brokers.nameOf(replica)];
    const key = JSON.stringify([queue, from, to]);
    if (replications.has(key)) continue;
    replications.set(key, {
      queue,
      from,
      to,
      linkAddress: brokers.linkAddressOf(origin),
      create,
      place,
      remarks: [],
    });
  }
  const draft: Draft = {
    heading: [`Written by "qpidha import", from ${files.map(({ name }) => name).join(', ')}.`],
    brokers: brokers.brokers,
    replications: [...replications.values()],
    omissions: readers.flatMap((reader) => reader.omissions),
  };
  return { draft: sift(draft), remarks: [] };
}

interface Wanted {
  readonly queue: string;
  readonly origin: Endpoint;
  readonly replica: Endpoint;
  readonly create: 'never' | undefined;
  readonly call: Call;
  readonly place: string;
}

class ScriptReader {
  wanted: Wanted[] = [];
  private readonly omitted = new Map<string, Omission & { readonly offset: number }>();
  private readonly visited = new Set<number>();
  private readonly script: Script;

  constructor(
    private readonly file: ScriptFile,
    private readonly given: ReadonlyMap<string, string>,
  ) {
    this.script = parseScript(file.source.text);
  }

  get omissions(): readonly Omission[] {
    return [...this.omitted.values()].sort((one, other) => one.offset - other.offset);
  }

  read(): this {
    interpret(this.script, {
      given: this.given,
      onCall: (call) => this.call(call),
      onLimit: () => this.omit(0, 'the script does more than is followed here'),
    });
    for (const { offset, reason } of this.script.faults) this.omit(offset, reason);
    for (const command of simpleCommands(this.script)) this.unvisited(command);
    for (const { start, end } of this.script.heredocs) this.heredoc(start, end);
    return this;
  }

  private call(call: Call): void {
    const { start, end } = call.span;
    this.visited.add(start);
    const read = readCall(call.fields, this.file.source.text.slice(start, end));
    switch (read.kind) {
      case 'replicate':
        this.replicate(read, call);
        break;
      case 'end':
        this.end(read, call);
        break;
      case 'unclear':
        this.omit(start, read.reason, call);
    }
  }

  private replicate(
    { queue, origin: from, replica: to, create }: ToolCall & { kind: 'replicate' },
    call: Call,
  ): void {
    const [origin, replica] = [parseEndpoint(from), parseEndpoint(to)];
    const { start } = call.span;
    const fault = this.script.faults.find(({ offset }) => offset < call.span.end);
    if (fault !== undefined) {
      this.omit(start, `the shell may give up in line ${this.lineOf(fault.offset)}`, call);
    } else if (queue === '') this.omit(start, 'the name of the queue is empty', call);
    else if (!origin.ok) this.omit(start, `the address of the origin is wrong: ${origin.reason}`, call);
    else if (!replica.ok)
      this.omit(start, `the address of the replica broker is wrong: ${replica.reason}`, call);
    else if (call.condition !== undefined) {
      const [shownFrom, shownTo] = [origin.endpoint.text, replica.endpoint.text];
      this.omit(start, `${call.condition} ("${queue}" from ${shownFrom} to ${shownTo})`, call);
    } else
      this.wanted.push({
        queue,
        origin: origin.endpoint,
        replica: replica.endpoint,
        create,
        call,
        place: this.placeOf(start),
      });
  }

  /** A script may clear away what is there before it starts anew; what it ends afterwards it does not leave behind. */
  private end({ queue, replica }: ToolCall & { kind: 'end' }, { condition, span }: Call): void {
    const parsed = parseEndpoint(replica);
    if (!parsed.ok) return;
    const keys = new Set(parsed.endpoint.members.map(comparable));
    const isEnded = (wanted: Wanted) =>
      wanted.queue === queue && wanted.replica.members.some((member) => keys.has(comparable(member)));
    const place = this.lineOf(span.start);
    const may = condition === undefined ? 'is' : 'may be';
    for (const { call } of this.wanted.filter(isEnded)) {
      this.omit(call.span.start, `"${queue}" ${may} deleted again in line ${place}`, call);
    }
    this.wanted = this.wanted.filter((wanted) => !isEnded(wanted));
  }

  /** A function that nobody calls, or what follows the end of the script. */
  private unvisited(command: SimpleCommand): void {
    const { start, end } = command.span;
    if (this.visited.has(start)) return;
    const text = this.file.source.text.slice(start, end);
    if (/\bqpid-?ha\b|\bqpid-config\b/.test(text) && mention.test(text)) {
      this.omit(start, 'as far as this script shows, it is never run', { words: this.wordsOf(command) });
    }
  }

  private heredoc(start: number, end: number): void {
    const found = mention.exec(this.file.source.text.slice(start, end));
    if (found !== null) this.omit(start + found.index, 'it is text that is given to another command');
  }

  private wordsOf({ words }: SimpleCommand): readonly string[] {
    return words.map(({ span }) => this.file.source.text.slice(span.start, span.end));
  }

  /** Each place and reason once: a loop comes by many times. */
  private omit(offset: number, reason: string, about?: Call | { readonly words: readonly string[] }): void {
    const quote =
      about === undefined ? undefined : quoteOf('words' in about ? about.words : this.written(about));
    this.omitted.set(`${offset} ${reason}`, {
      offset,
      place: this.placeOf(offset),
      reason: `${reason}.`,
      ...(quote === undefined ? {} : { quote }),
    });
  }

  private written({ fields }: Call): readonly string[] {
    const spans = new Map(fields.map(({ span }) => [span.start, span]));
    return [...spans.values()].map(({ start, end }) => this.file.source.text.slice(start, end));
  }

  private placeOf(offset: number): string {
    const { line, character } = this.file.source.lines.positionAt(offset);
    return `${this.file.name}:${line + 1}:${character + 1}`;
  }

  private lineOf(offset: number): number {
    return this.file.source.lines.positionAt(offset).line + 1;
  }
}

/** As it is written, without logins, and short. */
function quoteOf(words: readonly string[]): string {
  const text = words.map((word) => withoutLogin(word).replace(/\s+/g, ' ')).join(' ');
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function withoutLogin(word: string): string {
  return /^"?\$(?:@|\{\w+\[@\]\})"?$/.test(word) ? word : word.replace(/^.*@/s, '…@');
}
