import { guardRequest } from './guard';
import { lensesOf } from './languages';
import type { ReplicationTarget } from './requests';
import type { Feature } from './session';
import { toPosition } from './view';

/** Commands that the editor's side provides; each takes a `ReplicationTarget`. */
const commands = [
  { title: '$(play) Start', command: 'qpidha.startReplication' },
  { title: '$(debug-stop) Stop', command: 'qpidha.stopReplication' },
  { title: '$(pulse) Status', command: 'qpidha.showReplicationStatus' },
  { title: '$(check-all) Verify', command: 'qpidha.verifyReplication' },
] as const;

/** Above every replication of a manifest: start it, stop it, see how it is, and whether both queues are equal. */
export const codeLens: Feature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: false } }),
  register({ connection, documents, analysis, log }) {
    connection.onCodeLens(
      guardRequest(log, 'textDocument/codeLens', ({ textDocument: { uri } }) => {
        const document = documents.get(uri);
        if (document === undefined) return null;
        return lensesOf(analysis, document).flatMap(({ span, queue, to }) => {
          const start = toPosition(document, span.start);
          const target: ReplicationTarget = { kind: 'manifest', uri, queue, replica: to };
          return commands.map((command) => ({
            range: { start, end: start },
            command: { ...command, arguments: [target] },
          }));
        });
      }),
    );
  },
};
