import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import { editorUri, toDiagnostics } from './diagnostics';
import { guardNotification } from './guard';
import type { Session } from './session';

/** Milliseconds that a check may wait for the typing to pause, when checks are slow. */
const longestWait = 200;

/** Milliseconds that nobody notices: checks as quick as this are never kept waiting. */
const unnoticed = 16;

/**
 * Checks all files when any of them changes, and sends each file's diagnostics when they changed, or when an
 * open document's version did. A file without findings any more, and one that is gone, is sent an empty list.
 */
export class PushDiagnostics {
  /** What the editor shows, by its own URIs. */
  private readonly shown = new Map<string, PublishDiagnosticsParams>();
  private soon: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  private duration = 0;

  constructor(private readonly session: () => Session) {}

  /** At once where checks are quick; where they are not, after a pause of about half of what the last one took. */
  schedule(): void {
    this.stop();
    if (this.duration < unnoticed) this.soon = setImmediate(() => void this.run());
    else this.timer = setTimeout(() => void this.run(), Math.min(this.duration / 2, longestWait));
  }

  stop(): void {
    clearImmediate(this.soon);
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    const session = this.session();
    await guardNotification(session.log, 'diagnostics', () => this.check(session))();
  }

  private async check(session: Session): Promise<void> {
    const start = performance.now();
    const current = diagnosticsOf(session);
    this.duration = performance.now() - start;
    for (const uri of this.shown.keys()) {
      if (!current.has(uri)) await this.send(session, { uri, diagnostics: [] });
    }
    for (const params of current.values()) await this.send(session, params);
  }

  private async send({ connection }: Session, params: PublishDiagnosticsParams): Promise<void> {
    const { uri, version, diagnostics } = params;
    const empty = diagnostics.length === 0;
    const shown = this.shown.get(uri);
    if (shown === undefined ? empty && version === undefined : isAlike(shown, params)) return;
    if (empty && version === undefined) this.shown.delete(uri);
    else this.shown.set(uri, params);
    await connection.sendDiagnostics(params);
  }
}

/** The version first: another one is sent in any case, and what is in it need not be compared. */
function isAlike(one: PublishDiagnosticsParams, other: PublishDiagnosticsParams): boolean {
  return one.version === other.version && isDeepStrictEqual(one.diagnostics, other.diagnostics);
}

/** Of every file with findings, and of every open one. */
function diagnosticsOf(session: Session): ReadonlyMap<string, PublishDiagnosticsParams> {
  const { analysis, documents } = session;
  const { findings } = analysis.checked();
  const all = new Map<string, PublishDiagnosticsParams>();
  for (const { uri, version } of documents.all()) all.set(uri, { uri, version, diagnostics: [] });
  for (const [file, found] of findings) {
    const uri = editorUri(documents, file);
    const diagnostics: Diagnostic[] = toDiagnostics(session, found);
    all.set(uri, { ...all.get(uri), uri, diagnostics });
  }
  return all;
}
