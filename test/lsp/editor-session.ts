import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  FileChangeType,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { type ServerOptions, startServer } from '../../server/lsp/server';

export interface SessionOptions extends ServerOptions {
  /** Files of the workspace, by relative path, on disk before the session begins. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly trusted?: boolean;
  readonly capabilities?: ClientCapabilities;
  /** The folder that is opened, relative to the files; false for none. */
  readonly workspace?: string | false;
}

/** An editor at the other end of two pipes: the server runs in this process, on real files in a folder of its own. */
export class EditorSession {
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  initialized: InitializeResult = { capabilities: {} };
  private readonly latest = new Map<string, PublishDiagnosticsParams>();
  private readonly versions = new Map<string, number>();
  private waiting: (() => void)[] = [];

  private constructor(
    readonly client: ProtocolConnection,
    readonly folder: string,
  ) {}

  static async start(options: SessionOptions = {}): Promise<EditorSession> {
    const folder = mkdtempSync(join(tmpdir(), 'qpidha-lsp-'));
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    startServer(
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      options,
    );
    const client = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    const session = new EditorSession(client, folder);
    for (const [path, content] of Object.entries(options.files ?? {})) session.write(path, content);
    session.listen();
    session.initialized = await client.sendRequest('initialize', {
      processId: null,
      ...session.workspace(options.workspace ?? ''),
      capabilities: options.capabilities ?? {},
      initializationOptions: options.trusted === undefined ? {} : { trusted: options.trusted },
    });
    await client.sendNotification('initialized', {});
    return session;
  }

  private workspace(folder: string | false) {
    if (folder === false) return { rootUri: null, workspaceFolders: null };
    const uri = this.uri(folder);
    return { rootUri: uri, workspaceFolders: [{ uri, name: 'workspace' }] };
  }

  private listen(): void {
    this.client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.latest.set(params.uri, params);
      this.wake();
    });
    this.client.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.wake();
    });
    this.client.onRequest('client/registerCapability', () => null);
    this.client.onRequest('workspace/diagnostic/refresh', () => null);
    this.client.listen();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href.replace(/\/$/, '');
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  async open(path: string, text: string, languageId = languageOf(path)): Promise<void> {
    this.versions.set(path, 1);
    await this.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(path), languageId, version: 1, text },
    });
  }

  async change(path: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(path), version },
      contentChanges,
    });
  }

  async close(path: string): Promise<void> {
    await this.client.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  async save(path: string): Promise<void> {
    await this.client.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(path) } });
  }

  async watched(path: string, type: FileChangeType = FileChangeType.Changed): Promise<void> {
    await this.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  async request<Result>(method: string, params: object, token?: CancellationToken): Promise<Result> {
    // An absent token would be taken for a second parameter.
    return token === undefined
      ? await this.client.sendRequest<Result>(method, params)
      : await this.client.sendRequest<Result>(method, params, token);
  }

  /** The parameters of a request about a place. */
  place(path: string, line: number, character: number): object {
    return { textDocument: { uri: this.uri(path) }, position: { line, character } };
  }

  async codeActions(
    path: string,
    range: Range,
    diagnostics: readonly Diagnostic[] = [],
    only?: readonly string[],
  ): Promise<CodeAction[]> {
    const context = { diagnostics, ...(only === undefined ? {} : { only }) };
    const params = { textDocument: { uri: this.uri(path) }, range, context };
    return await this.request('textDocument/codeAction', params);
  }

  /** What the editor shows for a file now. */
  diagnostics(path: string): readonly Diagnostic[] {
    return this.latest.get(this.uri(path))?.diagnostics ?? [];
  }

  codes(path: string): readonly string[] {
    return this.diagnostics(path).map(({ code }) => String(code));
  }

  /** Waits until what the server has sent satisfies the condition. Fails after ten seconds. */
  async until(condition: () => boolean): Promise<void> {
    const end = performance.now() + 10_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`not so after ten seconds; shown: ${this.summary()}`);
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        setTimeout(resolve, 100);
      });
    }
  }

  private summary(): string {
    const files = [...this.latest.values()].map(({ uri, diagnostics }) => {
      return `${uri}: ${diagnostics.map(({ code }) => code).join(', ') || 'nothing'}`;
    });
    return [...files, ...this.log].join('\n');
  }

  async end(): Promise<void> {
    await this.client.sendRequest('shutdown');
    this.client.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function languageOf(path: string): string {
  return path.endsWith('.conf') ? 'qpidd-conf' : 'qpid-replicas';
}
