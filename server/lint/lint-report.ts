import { namedFiles, type Project } from '../project/project';
import type { DocumentUri, SourceDocument } from '../text/document';
import type { Finding } from '../text/finding';
import type { Span } from '../text/span';
import type { Baseline } from './baseline/baseline';
import { type LintOptions, lint } from './lint-project';
import { secretsOf } from './secrets';
import type { SuppressedFinding } from './suppression/apply';

/** What a baseline makes of a run. */
export interface BaselineReport {
  /** The findings that it hides, sorted as all are: no report counts them, and some list them. */
  readonly known: readonly Finding[];
  /** What it knows and nothing was found of any more, with how many of each. */
  readonly stale: Baseline;
}

/** What was found, with all that is needed to show it. */
export interface LintReport {
  /** Sorted by file and place, each once. */
  readonly findings: readonly Finding[];
  /** What comments hide, for formats that list it. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Where there is a baseline: `findings` are then those that it does not know. */
  readonly baseline?: BaselineReport;
  /** The files that findings and their related places are in. */
  readonly documents: ReadonlyMap<DocumentUri, SourceDocument>;
  /** What must not be shown of them. */
  readonly secrets: ReadonlyMap<DocumentUri, readonly Span[]>;
  /** How many files were asked for, or belong to those, configurations included; of the latter only what could be read. */
  readonly files: number;
}

export function lintReport(project: Project, options: LintOptions = {}): LintReport {
  const { confs, manifests, configs } = project;
  const sources = [...confs.values(), ...manifests.values(), ...configs.values()].map(({ source }) => source);
  const documents = new Map(sources.map((source) => [source.uri, source]));
  const linked = namedFiles(project);
  const checked = [...new Set([...project.reported.keys(), ...project.configsInForce])].filter(
    (uri) => documents.has(uri) || !linked.has(uri),
  );
  return {
    ...lint(project, options),
    documents,
    secrets: secretsOf(project),
    files: checked.length,
  };
}
