import type { ReplicationLens } from '../manifest/lenses';
import { guardRequest } from './guard';
import { lensesOf } from './languages';
import type { OpenDocument } from './open-documents';
import { type ListReplicationsParams, listReplications as method, type ReplicationEntry } from './requests';
import type { Feature } from './session';
import { toPosition } from './view';

/** The replications of one open manifest, or of all of them. */
export const listReplications: Feature = {
  register({ connection, documents, analysis, log }) {
    connection.onRequest(
      method,
      guardRequest(log, method, ({ uri }: ListReplicationsParams): readonly ReplicationEntry[] => {
        const wanted = documents
          .all()
          .filter((document) => uri === undefined || document === documents.get(uri));
        return wanted.flatMap((document) => entries(document, lensesOf(analysis, document)));
      }),
    );
  },
};

function entries(document: OpenDocument, lenses: readonly ReplicationLens[]): readonly ReplicationEntry[] {
  return lenses.map(({ span, queue, from, to }) => ({
    uri: document.uri,
    queue,
    origin: from,
    replica: to,
    firstLine: toPosition(document, span.start).line,
    // A block may end with the line break of its last line.
    lastLine: toPosition(document, Math.max(span.start, span.end - 1)).line,
  }));
}
