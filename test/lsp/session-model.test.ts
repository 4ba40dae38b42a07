import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Analysis } from '../../server/lsp/analysis';
import { toDiagnostics } from '../../server/lsp/diagnostics';
import { DiskFiles } from '../../server/lsp/disk-files';
import { OpenDocuments } from '../../server/lsp/open-documents';
import fc from '../support/fast-check';
import { EditorSession } from './editor-session';

const paths = ['a.qpid.yaml', 'node1/qpidd.conf', 'node2/qpidd.conf'] as const;
type Path = (typeof paths)[number];

const manifest = `version: 1
brokers:
  node1:
    address: node1
    config: node1/qpidd.conf
  node2:
    address: node2
    config: node2/qpidd.conf
replications:
  - queue: q
    from: node1
    to: node2
`;

const path = fc.constantFrom(...paths);
const content = fc.constantFrom(
  '',
  manifest,
  'load-module=/usr/lib/qpid/daemon/ha.so\nha-queue-replication=yes\n',
  'port = 5672\r\nauth=y\n',
  '\uFEFFauth=no\n',
  'ha-cluster=yes\n# 🐇\nport=5672\nport=5673\n',
);
const snippet = fc.constantFrom(
  '',
  '\n',
  '=',
  'x',
  '\uD83D',
  'port=1\n',
  '  - queue: q\n',
  '\r\n',
  '🐇',
  ' # ',
);

type Operation =
  | { readonly kind: 'open' | 'close' | 'save' | 'delete'; readonly path: Path }
  | { readonly kind: 'write'; readonly path: Path; readonly text: string }
  | {
      readonly kind: 'edit';
      readonly path: Path;
      readonly from: number;
      readonly length: number;
      readonly text: string;
    };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('open', 'close', 'save', 'delete'), path }),
  fc.record({ kind: fc.constant('write'), path, text: content }),
  fc.record({ kind: fc.constant('edit'), path, from: fc.nat(400), length: fc.nat(60), text: snippet }),
);

/** The editor's side of a session: what is on disk, and what it has open. */
class Model {
  readonly disk = new Map<Path, string>();
  readonly open = new Map<Path, string>();

  constructor(private readonly session: EditorSession) {}

  async run(step: Operation): Promise<void> {
    const open = this.open.get(step.path);
    switch (step.kind) {
      case 'open':
        if (open !== undefined || !this.disk.has(step.path)) return;
        this.open.set(step.path, (this.disk.get(step.path) ?? '').replace(/^\uFEFF/, ''));
        return await this.session.open(step.path, this.open.get(step.path) ?? '');
      case 'close':
        if (this.open.delete(step.path)) await this.session.close(step.path);
        return;
      case 'save':
        if (open === undefined) return;
        this.write(step.path, open);
        return await this.session.save(step.path);
      case 'delete':
        if (!this.disk.delete(step.path)) return;
        this.session.remove(step.path);
        return await this.session.watched(step.path, FileChangeType.Deleted);
      case 'write':
        // An editor reloads a file that changed; here only closed ones do.
        if (open !== undefined) return;
        this.write(step.path, step.text);
        return await this.session.watched(step.path, FileChangeType.Created);
      case 'edit':
        if (open !== undefined) await this.edit(step.path, open, step);
    }
  }

  private write(to: Path, text: string): void {
    this.disk.set(to, text);
    this.session.write(to, text);
  }

  private async edit(
    to: Path,
    text: string,
    { from, length, text: newText }: Extract<Operation, { kind: 'edit' }>,
  ): Promise<void> {
    const document = TextDocument.create('', '', 0, text);
    const range = { start: document.positionAt(from), end: document.positionAt(from + length) };
    this.open.set(to, TextDocument.applyEdits(document, [{ range, newText }]));
    await this.session.change(to, { range, text: newText });
  }

  /** What a server that has just started shows of the same state. */
  expected(): Readonly<Record<string, unknown>> {
    const documents = new OpenDocuments();
    for (const [file, text] of this.open) {
      const languageId = file.endsWith('.conf') ? 'qpidd-conf' : 'qpid-replicas';
      const byteOrderMark = this.disk.get(file)?.startsWith('\uFEFF') ?? false;
      documents.open(this.session.uri(file), languageId, 1, text, { byteOrderMark, encoding: 'utf-8' });
    }
    const analysis = new Analysis(documents, new DiskFiles());
    analysis.setFolders([this.session.uri('')]);
    const { findings } = analysis.checked();
    return Object.fromEntries(
      paths.map((file) => [
        file,
        toDiagnostics({ analysis, documents }, findings.get(this.session.uri(file)) ?? []),
      ]),
    );
  }
}

test('after any session the editor shows what a fresh check of the same files finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
      const session = await EditorSession.start();
      const model = new Model(session);
      try {
        for (const step of operations) await model.run(step);
        const expected = JSON.stringify(model.expected());
        const shown = () =>
          JSON.stringify(Object.fromEntries(paths.map((file) => [file, session.diagnostics(file)])));
        await session.until(() => shown() === expected);
        assert.deepEqual(session.log, []);
      } finally {
        await session.end();
      }
    }),
    { numRuns: 60 },
  );
});
