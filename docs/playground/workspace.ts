/** The files of the page, and the linter on them: the same code that runs in editors and in CI. */

import { completion as configCompletion } from '../../server/config/completion';
import { hover as configHover } from '../../server/config/hover';
import { allRules, configurableRules } from '../../server/lint/all-rules';
import { fixProject } from '../../server/lint/fix';
import { lintProject } from '../../server/lint/lint-project';
import { rulePageUrl } from '../../server/lint/rule-page-url';
import { completion as manifestCompletion } from '../../server/manifest/completion';
import { hover as manifestHover } from '../../server/manifest/hover';
import { DocumentCache } from '../../server/project/document-cache';
import { filesInMemory } from '../../server/project/files-in-memory';
import { openProject } from '../../server/project/open-project';
import type { Project } from '../../server/project/project';
import { childUri } from '../../server/project/uris';
import { completion as confCompletion } from '../../server/qpidd-conf/completion';
import { hover as confHover } from '../../server/qpidd-conf/hover';
import { nothingAround } from '../../server/qpidd-conf/surroundings';
import { type DocumentUri, documentFromText, type SourceDocument } from '../../server/text/document';
import { applyEdits, type TextEdit } from '../../server/text/edit';
import type { CompletionItem, Hover } from '../../server/text/features';
import type { Finding } from '../../server/text/finding';

const root: DocumentUri = 'file:///deployment';

const whys = new Map<string, string>(allRules.map(({ id, why }) => [id, why]));

/** Why a rule is one, as Markdown; empty for what is said without a rule. */
export function whyOf(rule: string): string {
  return whys.get(rule) ?? '';
}

export { rulePageUrl };

export class Workspace {
  private readonly documents = new Map<DocumentUri, SourceDocument>();
  private readonly files = filesInMemory(this.documents);
  private readonly cache = new DocumentCache();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** Sorted: configurations of folders after those folders. */
  names(): readonly string[] {
    return [...this.documents.keys()].map(nameOf).sort();
  }

  read(name: string): string {
    return this.documents.get(uriOf(name))?.text ?? '';
  }

  /** Of line ends only LF is kept, as in every text field. */
  write(name: string, text: string): void {
    this.documents.set(uriOf(name), documentFromText(uriOf(name), text.replace(/\r\n?/g, '\n')));
  }

  remove(name: string): void {
    this.documents.delete(uriOf(name));
  }

  findings(): readonly Finding[] {
    return lintProject(this.project());
  }

  /** Line and column of an offset, from 1. */
  place(name: string, offset: number): string {
    const before = this.read(name).slice(0, offset);
    return `${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
  }

  /** Applies the edits of one fix. */
  edit(edits: readonly TextEdit[]): void {
    for (const uri of new Set(edits.map((edit) => edit.uri))) {
      const own = edits.filter((edit) => edit.uri === uri);
      this.write(nameOf(uri), applyEdits(this.documents.get(uri)?.text ?? '', own));
    }
  }

  /** Applies all that are certain. */
  fixAll(): void {
    const { changed } = fixProject({ files: this.files, entries: [{ uri: root }] });
    for (const [uri, { text }] of changed) this.write(nameOf(uri), text);
  }

  hover(name: string, offset: number): Hover | undefined {
    const uri = uriOf(name);
    const { confs, manifests, configs } = this.project();
    const conf = confs.get(uri);
    if (conf !== undefined) return confHover(conf, offset);
    const manifest = manifests.get(uri);
    if (manifest !== undefined) return manifestHover(manifest, offset);
    const config = configs.get(uri);
    return config && configHover(config, offset, configurableRules, rulePageUrl);
  }

  complete(name: string, offset: number): readonly CompletionItem[] {
    const uri = uriOf(name);
    const { confs, manifests, configs } = this.project();
    const conf = confs.get(uri);
    if (conf !== undefined) return confCompletion(conf, offset, nothingAround);
    const manifest = manifests.get(uri);
    if (manifest !== undefined) {
      return manifestCompletion(manifest, offset, { configs: () => [...confs.keys()].map(nameOf) });
    }
    const config = configs.get(uri);
    return config === undefined ? [] : configCompletion(config, offset, configurableRules);
  }

  private project(): Project {
    return openProject(this.files, [{ uri: root }], this.cache);
  }
}

function uriOf(name: string): DocumentUri {
  return childUri(root, name);
}

export function nameOf(uri: DocumentUri): string {
  return decodeURIComponent(uri.slice(root.length + 1));
}
