import type { Checked, FingerprintOf } from '../../../lint/checked';
import type { LintReport } from '../../../lint/lint-report';
import type { FileSystem } from '../../../project/file-system';
import type { ReportedBecause, UnreadFile } from '../../../project/project';
import { repeatsSecret, withoutSecrets } from '../../../report/mask';
import { type DocumentUri, documentFromBytes } from '../../../text/document';
import type { Finding } from '../../../text/finding';
import type { Span } from '../../../text/span';
import { replay, type Trace } from './trace';

/** A run as it is written down: all of it but the texts of the files, which are read again anyway. */
export interface KeptRun {
  readonly trace: Trace;
  readonly report: Pick<LintReport, 'findings' | 'suppressed' | 'files'>;
  /** Of the findings and then of those that comments hide. */
  readonly fingerprints: readonly string[];
  readonly documents: readonly DocumentUri[];
  readonly secrets: readonly (readonly [DocumentUri, readonly Span[]])[];
  readonly project: KeptProject;
}

interface KeptProject {
  readonly subjects: readonly DocumentUri[];
  readonly reported: readonly (readonly [DocumentUri, ReportedBecause])[];
  readonly unread: readonly (readonly [DocumentUri, UnreadFile])[];
  readonly complete: boolean;
  readonly closed: readonly DocumentUri[];
  readonly unnameable: number;
  readonly confs: readonly DocumentUri[];
  readonly named: readonly DocumentUri[];
}

/** Undefined for a run that is not written down, since a password would be, too. */
export async function keep(checked: Checked, trace: Trace): Promise<KeptRun | undefined> {
  const { project, report } = checked;
  if (holdsSecret(report)) return undefined;
  const fingerprintOf = await checked.fingerprints();
  const { findings, suppressed, files } = report;
  const { subjects, reported, unread, complete, leftOut, named } = project;
  return {
    trace,
    report: { findings, suppressed, files },
    fingerprints: all(report).map(fingerprintOf),
    documents: [...report.documents.keys()],
    secrets: [...report.secrets].filter(([, spans]) => spans.length > 0),
    project: {
      subjects: [...subjects],
      reported: [...reported],
      unread: [...unread],
      complete,
      closed: [...leftOut.closed],
      unnameable: leftOut.unnameable,
      confs: [...report.documents.keys()].filter((uri) => project.confs.has(uri)),
      named: [...named],
    },
  };
}

/** The run as it was, if all that it depends on is still the same. */
export function recall(kept: KeptRun, files: FileSystem): Checked | undefined {
  const contents = replay(kept.trace, files);
  if (contents === undefined) return undefined;
  const documents = new Map(
    kept.documents.map((uri) => {
      const content = contents.get(uri);
      if (content === undefined) throw new Error(`${uri} was not read`);
      return [uri, content.kind === 'document' ? content.source : documentFromBytes(uri, content.bytes)];
    }),
  );
  const report: LintReport = { ...kept.report, documents, secrets: new Map(kept.secrets) };
  const { subjects, reported, unread, complete, closed, unnameable, confs, named } = kept.project;
  return {
    report,
    project: {
      files,
      subjects: new Set(subjects),
      reported: new Map(reported),
      unread: new Map(unread),
      complete,
      leftOut: { closed: new Set(closed), unnameable },
      confs: new Set(confs),
      named: new Set(named),
    },
    fingerprints: async () => fingerprintsOf(report, kept.fingerprints),
  };
}

function fingerprintsOf(report: LintReport, fingerprints: readonly string[]): FingerprintOf {
  const known = new Map(all(report).map((finding, index) => [finding, fingerprints[index]]));
  return (finding) => known.get(finding) ?? '';
}

function all({ findings, suppressed }: Pick<LintReport, 'findings' | 'suppressed'>): readonly Finding[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)];
}

/** Of what is written down only fixes and the reasons of comments can repeat what a file holds of secrets. */
function holdsSecret(report: LintReport): boolean {
  return (
    all(report).some(({ fix }) => fix?.edits.some((edit) => repeatsSecret(edit, report))) ||
    report.suppressed.some(({ reason }) => withoutSecrets(reason) !== reason)
  );
}
