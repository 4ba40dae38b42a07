import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** A language server in a process of its own, one document of a workspace open in it. */
export class EditSession {
  private version = 1;
  private answered: (() => void) | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ProtocolConnection,
    private readonly uri: string,
  ) {
    client.onNotification('textDocument/publishDiagnostics', (params: { uri: string; version?: number }) => {
      if (params.uri === uri && (params.version ?? this.version) >= this.version) this.answered?.();
    });
    client.listen();
  }

  static async open(args: readonly string[], folder: string, text: string): Promise<EditSession> {
    const path = join(folder, 'qpidd.conf');
    writeFileSync(path, text);
    const uri = pathToFileURL(path).href;
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    if (child.stdin === null || child.stdout === null) throw new Error('the server has no pipes');
    const reader = new StreamMessageReader(child.stdout);
    const session = new EditSession(
      child,
      createProtocolConnection(reader, new StreamMessageWriter(child.stdin)),
      uri,
    );
    await session.client.sendRequest('initialize', {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
    });
    await session.client.sendNotification('initialized', {});
    const textDocument = { uri, languageId: 'qpidd-conf', version: session.version, text };
    await session.untilDiagnostics(() =>
      session.client.sendNotification('textDocument/didOpen', { textDocument }),
    );
    return session;
  }

  /** Types one character, a digit, in a line, and takes it away again. Milliseconds of both. */
  async edit(line: number, character: number): Promise<number> {
    const at = { line, character };
    const after = { line, character: character + 1 };
    const typed = await this.change({ start: at, end: at }, '1');
    return typed + (await this.change({ start: at, end: after }, ''));
  }

  close(): void {
    this.client.dispose();
    this.child.kill();
  }

  private async change(range: object, text: string): Promise<number> {
    this.version += 1;
    const start = performance.now();
    await this.untilDiagnostics(() =>
      this.client.sendNotification('textDocument/didChange', {
        textDocument: { uri: this.uri, version: this.version },
        contentChanges: [{ range, text }],
      }),
    );
    return performance.now() - start;
  }

  private async untilDiagnostics(send: () => Promise<void>): Promise<void> {
    const answer = new Promise<void>((resolve) => {
      this.answered = resolve;
    });
    await send();
    await answer;
  }
}
