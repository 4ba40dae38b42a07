import type { DocumentUri, SourceDocument } from '../../text/document';
import type { Finding, RuleId } from '../../text/finding';
import type { PlacedDirective, SuppressionComment } from './comment';
import { suppressionComments } from './comment';
import { isPast } from './expiry';
import { covers, everyRule } from './names';

/** What may be hidden, and on which day. */
export interface SuppressionPolicy {
  /** `2027-01-31`, in UTC. */
  readonly today: string;
  mayHide(rule: string, file: DocumentUri): boolean;
}

/** Where one name of one comment begins or ends to hide findings. */
interface Event {
  readonly comment: SuppressionComment;
  readonly name: string;
}

/** The suppressions of one file. Of several that would hide a finding the nearest does: line, then block, then file. */
export class FileSuppressions {
  readonly comments: readonly SuppressionComment[];
  /** The names that hid a finding, by their comments. */
  readonly used = new Map<SuppressionComment, Set<string>>();
  /** For each `enable` what it ends. */
  readonly ended = new Map<SuppressionComment, Set<SuppressionComment>>();
  private readonly byLine = new Map<number, SuppressionComment[]>();
  private readonly blocks: readonly Event[];
  private readonly wholeFile: readonly SuppressionComment[];

  constructor(
    source: SourceDocument,
    directives: readonly PlacedDirective[],
    private readonly policy: SuppressionPolicy,
  ) {
    this.comments = suppressionComments(source, directives);
    const valid = this.comments.filter(({ expiry }) => expiry === undefined || !isPast(expiry, policy.today));
    for (const comment of valid) {
      if (comment.line !== undefined) append(this.byLine, comment.line.start, comment);
    }
    this.blocks = this.readBlocks(valid);
    this.wholeFile = valid.filter(({ verb }) => verb === 'disable-file');
  }

  /** The comment that hides a finding. */
  hiding({ rule, uri, span: { start } }: Finding, lineStart: number): SuppressionComment | undefined {
    if (!this.policy.mayHide(rule, uri)) return undefined;
    return (
      this.named(this.byLine.get(lineStart) ?? [], rule) ??
      this.blockAt(start, rule) ??
      this.named(this.wholeFile, rule)
    );
  }

  private named(comments: readonly SuppressionComment[], rule: RuleId): SuppressionComment | undefined {
    for (const comment of comments) {
      const name = comment.names.find(({ text }) => covers(text, rule));
      if (name !== undefined) return this.use(comment, name.text);
    }
    return undefined;
  }

  /** Of the beginnings and ends that name the rule the last one before it counts. */
  private blockAt(offset: number, rule: RuleId): SuppressionComment | undefined {
    let last: Event | undefined;
    for (const event of this.blocks) {
      if (event.comment.directive.comment.start > offset) break;
      if (covers(event.name, rule)) last = event;
    }
    return last?.comment.verb === 'disable' ? this.use(last.comment, last.name) : undefined;
  }

  private use(comment: SuppressionComment, name: string): SuppressionComment {
    const names = this.used.get(comment) ?? new Set();
    this.used.set(comment, names.add(name));
    return comment;
  }

  private readBlocks(comments: readonly SuppressionComment[]): readonly Event[] {
    const events: Event[] = [];
    let open: Event[] = [];
    for (const comment of comments) {
      if (comment.verb === 'disable') {
        const begun = comment.names.map(({ text }) => ({ comment, name: text }));
        events.push(...begun);
        open.push(...begun);
      } else if (comment.verb === 'enable') {
        const names = comment.names.length > 0 ? comment.names.map(({ text }) => text) : everything;
        events.push(...names.map((name) => ({ comment, name })));
        for (const name of names) {
          const touched = open.filter((event) => covers(name, event.name) || covers(event.name, name));
          if (touched.length > 0) this.end(comment, name, touched);
        }
        open = open.filter((event) => !names.some((name) => covers(name, event.name)));
      }
    }
    return events;
  }

  private end(enable: SuppressionComment, name: string, touched: readonly Event[]): void {
    this.use(enable, name);
    const ended = this.ended.get(enable) ?? new Set();
    for (const { comment } of touched) ended.add(comment);
    this.ended.set(enable, ended);
  }
}

const everything: readonly string[] = [everyRule];

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
