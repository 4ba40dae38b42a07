import { lint } from '../lint/lint-project';
import type { DocumentCache } from '../project/document-cache';
import { openProject, type ProjectEntry } from '../project/open-project';
import type { Project } from '../project/project';
import { type ConfDocument, parseConf } from '../qpidd-conf/model';
import { type DocumentUri, documentFromBytes, type SourceDocument } from '../text/document';
import type { Finding } from '../text/finding';
import { withOption, withRelease } from './conf-edits';
import { folded } from './fold';
import type { ChangedFile, ScenarioTest, TestDocument } from './model';
import { withChanges } from './overlay';
import { effectiveOf, type Start } from './refusals';
import { type Ground, uriIn } from './resolve';

/** The project as it would be with what is given in a test. */
export class WhatIf {
  private readonly started = new Map<DocumentUri, Start>();
  private readonly project: Project;
  private found: readonly Finding[] | undefined;

  /** @param root the folder of the project. */
  constructor(
    private readonly document: TestDocument,
    test: ScenarioTest,
    private readonly ground: Ground,
    root: DocumentUri | undefined,
    cache: DocumentCache,
  ) {
    const changed = new Map<DocumentUri, SourceDocument>();
    const gone = new Set<DocumentUri>();
    for (const change of test.given) {
      const uri = this.uri(change);
      if (change.kind === 'absent') gone.add(uri);
      else changed.set(uri, this.changed(uri, change));
    }
    const files = withChanges(ground.files, changed, gone);
    this.project = openProject(files, this.entries(test, root), cache);
  }

  /** What the linter finds, after what configurations and comments make of it. */
  get findings(): readonly Finding[] {
    this.found ??= lint(this.project).findings;
    return this.found;
  }

  startOf(file: DocumentUri): Start {
    const changed = this.started.get(file);
    const { conf, environment, args } = changed ?? {
      conf: this.parsed(file),
      environment: nothing,
      args: [],
    };
    // What is given may be another configuration of the project, too, which may name another release.
    return { conf: parseConf(conf.source, this.project.settingsFor(file).broker, conf), environment, args };
  }

  private changed(uri: DocumentUri, change: ChangedFile): SourceDocument {
    const { set, unset, release, environment, args } = change;
    let conf = this.parsed(uri);
    for (const option of unset) conf = withOption(conf, option.value, []);
    for (const { option, values } of set) conf = withOption(conf, option.value, values);
    if (release !== undefined) conf = withRelease(conf, release);
    const start = { conf, environment, args };
    this.started.set(uri, start);
    return folded(conf, effectiveOf(start)).conf.source;
  }

  private parsed(uri: DocumentUri): ConfDocument {
    const { files, project } = this.ground;
    const content = files.read(uri);
    const bytes = content.kind === 'bytes' ? content.bytes : new Uint8Array();
    const source = content.kind === 'document' ? content.source : documentFromBytes(uri, bytes);
    return parseConf(source, project.settingsFor(uri).broker);
  }

  private entries(
    { files, given, expect }: ScenarioTest,
    root: DocumentUri | undefined,
  ): readonly ProjectEntry[] {
    const starting = [...expect.starts, ...expect.effective].map((one) => this.uri(one));
    const named = (files ?? []).map((file) => uriIn(this.document, file));
    const changed = given.filter(({ kind }) => kind === 'changed').map((one) => this.uri(one));
    const expected = expect.findings.map((one) => this.uri(one));
    return [
      ...(root === undefined
        ? []
        : [{ uri: root, report: files === undefined ? 'all' : 'nothing' } as const]),
      ...changed.map((uri) => ({
        uri,
        language: 'conf' as const,
        report: files === undefined ? ('itself' as const) : ('nothing' as const),
      })),
      ...starting.map((uri) => ({ uri, language: 'conf' as const, report: 'itself' as const })),
      ...expected.map((uri) => ({ uri, report: 'itself' as const })),
      ...named.map((uri) => ({
        uri,
        report: isFolder(this.ground, uri) ? ('all' as const) : ('itself' as const),
      })),
    ];
  }

  private uri({ file }: { readonly file: ScenarioTest['name'] }): DocumentUri {
    return uriIn(this.document, file);
  }
}

const nothing: ReadonlyMap<string, string> = new Map();

function isFolder({ files }: Ground, uri: DocumentUri): boolean {
  const content = files.read(uri);
  return content.kind === 'unreadable' && content.reason === 'folder';
}
