import type { ConfigurationChoice } from '../project/configurations';
import { DocumentCache } from '../project/document-cache';
import { type FileSystem, withOpenDocuments } from '../project/file-system';
import { openProject, type ProjectEntry } from '../project/open-project';
import type { Project } from '../project/project';
import { type DocumentUri, documentWithText, type SourceDocument } from '../text/document';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Finding, Fix, RuleId } from '../text/finding';
import { type LintOptions, lintProject } from './lint-project';

/** One cure may uncover what another rule cures. */
const maximumRounds = 20;

export interface FixOptions {
  readonly files: FileSystem;
  readonly entries: readonly ProjectEntry[];
  /** Which project configuration counts. */
  readonly choice?: ConfigurationChoice;
  /** Whether a file may be changed; all may, where it is left out. */
  mayChange?(uri: DocumentUri): boolean;
  /** Whether comments of the files hide findings, and with them their fixes. */
  readonly lint?: LintOptions;
  /** What is to be fixed in a project; left out: what the linter finds. */
  find?(project: Project): readonly Finding[];
}

/** A file that fixes change. */
export interface FixedFile {
  /** As it was read. */
  readonly before: SourceDocument;
  /** As it is to be. */
  readonly after: SourceDocument;
}

export interface FixResult {
  /** The files that changed, as they are to be. */
  readonly changed: ReadonlyMap<DocumentUri, SourceDocument>;
  /** The same, with what they were. */
  readonly changes: readonly FixedFile[];
  /** How many fixes were applied. */
  readonly applied: number;
  /** The rules whose fixes undo each other, or never come to an end; they are left where they were then. */
  readonly endless: readonly RuleId[];
  /** The project before the fixes. */
  readonly before: Project;
  /** The project after the fixes. */
  readonly project: Project;
}

/** Applies all fixes, again and again until nothing is left to fix. Writes nothing. */
export function fixProject(options: FixOptions): FixResult {
  const { files, entries, choice, mayChange, lint } = options;
  const find = options.find ?? ((project) => lintProject(project, lint));
  const cache = new DocumentCache();
  const changed = new Map<DocumentUri, SourceDocument>();
  const originals = new Map<DocumentUri, SourceDocument>();
  const overlaid = withOpenDocuments(files, changed);
  const before = openProject(overlaid, entries, cache, choice);
  const seen = new Set<string>();
  let project = before;
  let applied = 0;
  for (let round = 0; ; round += 1) {
    const { documents, fixes, rules } = applyFixes(project, find(project), mayChange);
    const state = JSON.stringify([...documents].map(([uri, { text }]) => [uri, text]));
    // Fixes that undo each other would go on for ever.
    const isEndless = fixes > 0 && (round === maximumRounds || seen.has(state));
    if (fixes === 0 || isEndless) {
      const changes = changesFrom(originals, changed);
      return { changed, changes, applied, endless: isEndless ? rules : [], before, project };
    }
    seen.add(state);
    applied += fixes;
    for (const [uri, document] of documents) {
      const original = originals.get(uri) ?? sourceIn(project, uri);
      if (original !== undefined) originals.set(uri, original);
      changed.set(uri, document);
    }
    project = openProject(overlaid, entries, cache, choice);
  }
}

function changesFrom(
  originals: ReadonlyMap<DocumentUri, SourceDocument>,
  changed: ReadonlyMap<DocumentUri, SourceDocument>,
): readonly FixedFile[] {
  return [...changed].flatMap(([uri, after]) => {
    const before = originals.get(uri);
    return before === undefined || before.text === after.text ? [] : [{ before, after }];
  });
}

function sourceIn({ confs, manifests, configs }: Project, uri: DocumentUri): SourceDocument | undefined {
  return (confs.get(uri) ?? manifests.get(uri) ?? configs.get(uri))?.source;
}

/**
 * Applies the fixes of `findings` as far as they go together: each as a whole, and none that touches what an
 * earlier one changes.
 *
 * @returns the files that changed.
 */
export function applyFixes(
  project: Project,
  findings: readonly Finding[],
  mayChange: (uri: DocumentUri) => boolean = () => true,
): AppliedFixes {
  const accepted = new AcceptedEdits();
  const rules = new Set<RuleId>();
  let fixes = 0;
  for (const { fix, rule } of findings) {
    if (fix === undefined || fix.onRequest || !fix.edits.every(({ uri }) => mayChange(uri))) continue;
    if (!accepted.take(fix)) continue;
    fixes += 1;
    rules.add(rule);
  }
  const documents = new Map<DocumentUri, SourceDocument>();
  for (const [uri, edits] of accepted.byFile) {
    const source = sourceIn(project, uri);
    if (source === undefined) continue;
    const text = applyEdits(source.text, edits);
    if (text !== source.text) documents.set(uri, documentWithText(source, text));
  }
  return { documents, fixes: documents.size === 0 ? 0 : fixes, rules: [...rules].sort() };
}

/** What one round of fixes makes of the files. */
export interface AppliedFixes {
  /** Those that changed. */
  readonly documents: ReadonlyMap<DocumentUri, SourceDocument>;
  readonly fixes: number;
  /** Whose fixes they are. */
  readonly rules: readonly RuleId[];
}

/** Edits that do not touch each other, by file and in the order of their places. */
class AcceptedEdits {
  readonly byFile = new Map<DocumentUri, TextEdit[]>();

  /** True where the fix was taken; false where it was taken before, or does not go together with the others. */
  take({ edits }: Fix): boolean {
    const places = edits.map((edit) => ({ edit, ...this.placeOf(edit) }));
    const fresh = places.filter(({ known }) => !known);
    if (fresh.length === 0 || fresh.some(({ conflict }) => conflict)) return false;
    for (const { edit } of fresh) this.insert(edit);
    return true;
  }

  private insert(edit: TextEdit): void {
    const others = this.byFile.get(edit.uri) ?? [];
    others.splice(this.placeOf(edit).index, 0, edit);
    this.byFile.set(edit.uri, others);
  }

  /** An insertion conflicts with what it touches, too: neither was made with the other in mind. */
  private placeOf(edit: TextEdit): {
    readonly index: number;
    readonly known: boolean;
    readonly conflict: boolean;
  } {
    const others = this.byFile.get(edit.uri) ?? [];
    let index = 0;
    for (let end = others.length; index < end; ) {
      const middle = Math.floor((index + end) / 2);
      const other = others[middle];
      if (other !== undefined && comparePlaces(other, edit) < 0) index = middle + 1;
      else end = middle;
    }
    const [before, after] = [others[index - 1], others[index]];
    const same = after !== undefined && comparePlaces(after, edit) === 0;
    const overlaps =
      (before !== undefined && meets(before, edit)) || (after !== undefined && meets(edit, after));
    return { index, known: same && after.newText === edit.newText, conflict: same || overlaps };
  }
}

/** Of two edits in the order of their places. */
function meets({ span: first }: TextEdit, { span: second }: TextEdit): boolean {
  const insertion = first.start === first.end || second.start === second.end;
  return insertion ? first.end >= second.start : first.end > second.start;
}

function comparePlaces({ span: one }: TextEdit, { span: other }: TextEdit): number {
  return one.start - other.start || one.end - other.end;
}
