import { quotable } from '../config/quotable';
import type { FileSystem } from '../project/file-system';
import { languageOf } from '../project/languages';
import type { Project } from '../project/project';
import { baseName, canonicalUri, folderOf, relativePath, resolveFrom } from '../project/uris';
import { parseConf, settingsOf } from '../qpidd-conf/model';
import { type DocumentUri, documentFromBytes } from '../text/document';
import { nearest } from '../text/nearest';
import type { YamlProblem } from '../yaml/problem';
import type { YamlText } from '../yaml/tree';
import type { ChangedFile, FileChange, ScenarioTest, TestDocument } from './model';

/** What a test names is looked for among the files as they are. */
export interface Ground {
  readonly files: FileSystem;
  /** The project that the file of tests belongs to, as it is. */
  readonly project: Project;
}

export function uriIn({ source }: Pick<TestDocument, 'source'>, file: YamlText): DocumentUri {
  return canonicalUri(resolveFrom(source.uri, file.value));
}

/** What is wrong with the files that tests name: a test of what is not there would hold for ever, and tell nothing. */
export function fileProblems(document: TestDocument, ground: Ground): readonly YamlProblem[] {
  const resolver = new Resolver(document, ground);
  for (const test of document.tests) resolver.check(test);
  return resolver.problems;
}

class Resolver {
  readonly problems: YamlProblem[] = [];

  constructor(
    private readonly document: TestDocument,
    private readonly ground: Ground,
  ) {}

  check({ files = [], given, expect }: ScenarioTest): void {
    for (const file of files) this.exists(file, 'file or folder');
    const gone = this.given(given);
    const confs = [...expect.starts, ...expect.effective].map(({ file }) => file);
    const expected = [...confs, ...expect.findings.map(({ file }) => file)];
    for (const file of expected) {
      if (gone.has(this.uri(file))) this.report(file, 'This file is absent in this test.');
      else if (this.exists(file, 'file') && confs.includes(file)) this.isConf(file);
    }
  }

  /** @returns the files that are gone. */
  private given(changes: readonly FileChange[]): ReadonlySet<DocumentUri> {
    const seen = new Map<DocumentUri, FileChange>();
    for (const change of changes) {
      const { file } = change;
      const uri = this.uri(file);
      if (seen.has(uri)) this.report(file, 'This file stands under "given" already, written in another way.');
      seen.set(uri, change);
      if (this.exists(file, 'file') && change.kind === 'changed' && this.isConf(file)) this.changed(change);
    }
    return new Set([...seen].filter(([, { kind }]) => kind === 'absent').map(([uri]) => uri));
  }

  private changed({ file, unset, set }: ChangedFile): void {
    const uri = this.uri(file);
    const content = this.ground.files.read(uri);
    if (content.kind !== 'bytes' && content.kind !== 'document') return;
    const source = content.kind === 'document' ? content.source : documentFromBytes(uri, content.bytes);
    const conf = parseConf(source, this.ground.project.settingsFor(uri).broker);
    if (conf.notText !== undefined) this.report(file, 'This file is no text, and cannot be changed.');
    for (const option of unset) {
      if (set.some((other) => other.option.value === option.value))
        this.report(option, 'This option is set and unset in one change.');
      else if (settingsOf(conf, option.value).length === 0)
        this.report(
          option,
          `${quotable(file.value)} does not set "${option.value}": there is nothing to unset.`,
        );
    }
  }

  private exists(file: YamlText, what: 'file' | 'file or folder'): boolean {
    const content = this.ground.files.read(this.uri(file));
    switch (content.kind) {
      case 'bytes':
      case 'document':
        return true;
      case 'missing': {
        const meant = nearest(file.value, this.known(what));
        const hint = meant === undefined ? '.' : `: did you mean "${meant}"?`;
        this.report(file, `There is no ${what} "${quotable(file.value)}"${hint}`);
        return false;
      }
      case 'unreadable': {
        if (content.reason === 'folder' && what === 'file or folder') return true;
        const fault = content.reason === 'folder' ? 'is a folder, and no file' : 'cannot be read';
        this.report(file, `"${quotable(file.value)}" ${fault}.`);
        return false;
      }
    }
  }

  private known(what: 'file' | 'file or folder'): readonly string[] {
    const { confs, manifests, configs } = this.ground.project;
    const from = this.document.source.uri;
    const uris = [...confs.keys(), ...manifests.keys(), ...configs.keys()];
    const folders = what === 'file' ? [] : uris.map(folderOf);
    return [...uris, ...folders].map((uri) => relativePath(from, uri));
  }

  private isConf(file: YamlText): boolean {
    const name = baseName(this.uri(file));
    if (languageOf(name) === 'conf') return true;
    this.report(file, `"${quotable(file.value)}" is no qpidd.conf, which this must be.`);
    return false;
  }

  private uri(file: YamlText): DocumentUri {
    return uriIn(this.document, file);
  }

  private report({ span }: YamlText, message: string): void {
    this.problems.push({ kind: 'schema', span, message });
  }
}
