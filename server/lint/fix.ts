import type { ConfigurationChoice } from '../project/configurations';
import { DocumentCache } from '../project/document-cache';
import { type FileSystem, withOpenDocuments } from '../project/file-system';
import { openProject, type ProjectEntry } from '../project/open-project';
import type { Project } from '../project/project';
import { type DocumentUri, documentWithText, type SourceDocument } from '../text/document';
import { applyEdits, type TextEdit } from '../text/edit';
import type { Finding, Fix } from '../text/finding';
import { lintProject } from './lint-project';

/** One cure may uncover what another rule cures. */
const maximumRounds = 20;

export interface FixOptions {
  readonly files: FileSystem;
  readonly entries: readonly ProjectEntry[];
  /** Which project configuration counts. */
  readonly choice?: ConfigurationChoice;
  /** Whether a file may be changed; all may, where it is left out. */
  mayChange?(uri: DocumentUri): boolean;
}

export interface FixResult {
  /** The files that changed, as they are to be. */
  readonly changed: ReadonlyMap<DocumentUri, SourceDocument>;
  /** How many fixes were applied. */
  readonly applied: number;
  /** The project after the fixes. */
  readonly project: Project;
}

/** Applies all fixes, again and again until nothing is left to fix. Writes nothing. */
export function fixProject({ files, entries, choice, mayChange }: FixOptions): FixResult {
  const cache = new DocumentCache();
  const changed = new Map<DocumentUri, SourceDocument>();
  const overlaid = withOpenDocuments(files, changed);
  const seen = new Set<string>();
  let applied = 0;
  for (let round = 0; ; round += 1) {
    const project = openProject(overlaid, entries, cache, choice);
    if (round === maximumRounds) return { changed, applied, project };
    const { documents, fixes } = applyFixes(project, lintProject(project), mayChange);
    const state = JSON.stringify([...documents].map(([uri, { text }]) => [uri, text]));
    // Fixes that undo each other would go on for ever.
    if (fixes === 0 || seen.has(state)) return { changed, applied, project };
    seen.add(state);
    applied += fixes;
    for (const [uri, document] of documents) changed.set(uri, document);
  }
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
): { readonly documents: ReadonlyMap<DocumentUri, SourceDocument>; readonly fixes: number } {
  const accepted = new AcceptedEdits();
  let fixes = 0;
  for (const { fix } of findings) {
    if (fix === undefined || fix.onRequest || !fix.edits.every(({ uri }) => mayChange(uri))) continue;
    if (accepted.take(fix)) fixes += 1;
  }
  const documents = new Map<DocumentUri, SourceDocument>();
  for (const [uri, edits] of accepted.byFile) {
    const source = (project.confs.get(uri) ?? project.manifests.get(uri) ?? project.configs.get(uri))?.source;
    if (source === undefined) continue;
    const text = applyEdits(source.text, edits);
    if (text !== source.text) documents.set(uri, documentWithText(source, text));
  }
  return { documents, fixes: documents.size === 0 ? 0 : fixes };
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
