import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { diagnosticSource, toDiagnostics } from './diagnostics';
import { guardRequest, pause } from './guard';
import type { Feature } from './session';

/** For editors that ask for diagnostics and take none unasked. */
export const pullDiagnostics: Feature = {
  capabilities: ({ takesDiagnostics }) =>
    takesDiagnostics
      ? {}
      : {
          diagnosticProvider: {
            identifier: diagnosticSource,
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        },
  register(session) {
    const { connection, analysis, documents, log } = session;
    const handler = guardRequest(
      log,
      'textDocument/diagnostic',
      async ({ textDocument }: DocumentDiagnosticParams, token): Promise<Diagnostic[]> => {
        await pause(token);
        const uri = documents.get(textDocument.uri)?.source.uri ?? textDocument.uri;
        return toDiagnostics(session, analysis.checked().findings.get(uri) ?? []);
      },
    );
    connection.languages.diagnostics.on(async (params, token) => {
      const items = await handler(params, token);
      if (Array.isArray(items)) return { kind: DocumentDiagnosticReportKind.Full, items };
      // The one request of ours whose answer cannot be `null`.
      throw items ?? new ResponseError(LSPErrorCodes.RequestFailed, 'the check failed; the log says why');
    });
  },
};
