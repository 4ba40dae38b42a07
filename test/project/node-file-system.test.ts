import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { maximumBytes } from '../../server/project/file-system';
import { nodeFileSystem } from '../../server/project/node-file-system';
import { uriOfPath } from '../../server/project/uris';

const folder = mkdtempSync(join(tmpdir(), 'qpidha files '));
after(() => rmSync(folder, { recursive: true }));

function at(name: string): string {
  return uriOfPath(join(folder, name));
}

describe('the files of this machine', () => {
  it('are read as bytes', () => {
    writeFileSync(join(folder, 'ä#1.conf'), 'port=1\n');
    const content = nodeFileSystem.read(at('ä#1.conf'));
    assert.ok(content.kind === 'bytes');
    assert.equal(Buffer.from(content.bytes).toString(), 'port=1\n');
  });

  it('may be missing, a folder, or too large', () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'large'), Buffer.alloc(maximumBytes + 1));
    assert.deepEqual(nodeFileSystem.read(at('none')), { kind: 'missing' });
    assert.deepEqual(nodeFileSystem.read(at('large/below')), { kind: 'missing' });
    assert.deepEqual(nodeFileSystem.read('untitled:Untitled-1'), { kind: 'missing' });
    assert.deepEqual(nodeFileSystem.read(at('sub')), { kind: 'unreadable', reason: 'folder' });
    assert.deepEqual(nodeFileSystem.read(at('large')), { kind: 'unreadable', reason: 'too-large' });
    assert.deepEqual(nodeFileSystem.read(at('nul\0')), { kind: 'unreadable', reason: 'failed' });
  });

  // Root may read everything.
  const mayBeForbidden = process.getuid?.() === 0 ? () => undefined : it;
  mayBeForbidden('may be forbidden', () => {
    writeFileSync(join(folder, 'private'), 'x');
    chmodSync(join(folder, 'private'), 0);
    assert.deepEqual(nodeFileSystem.read(at('private')), { kind: 'unreadable', reason: 'permission' });
  });

  it('are not waited for where they are pipes or devices', { skip: process.platform === 'win32' }, () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    assert.deepEqual(nodeFileSystem.read(at('pipe')), { kind: 'unreadable', reason: 'no-file' });
    assert.deepEqual(nodeFileSystem.read('file:///dev/zero'), { kind: 'unreadable', reason: 'no-file' });
  });

  it('have permissions, which are those of the folders above as well', {
    skip: process.platform === 'win32',
  }, () => {
    const below = join(folder, 'guarded');
    mkdirSync(below);
    writeFileSync(join(below, 'qpidd.conf'), '');
    const tries: readonly (readonly [file: number, folder: number, forEveryone: boolean])[] = [
      [0o644, 0o755, true],
      [0o640, 0o755, false],
      [0o644, 0o750, false],
    ];
    chmodSync(folder, 0o755);
    for (const [mode, folderMode, forEveryone] of tries) {
      chmodSync(join(below, 'qpidd.conf'), mode);
      chmodSync(below, folderMode);
      assert.deepEqual(nodeFileSystem.permissions(at('guarded/qpidd.conf')), { mode, forEveryone });
    }
    assert.equal(nodeFileSystem.permissions(at('guarded')), undefined);
    assert.equal(nodeFileSystem.permissions(at('guarded/none')), undefined);
    assert.equal(nodeFileSystem.permissions('untitled:Untitled-1'), undefined);
  });

  it('are recognised by their first bytes, and not opened where these could be waited for', {
    skip: process.platform === 'win32',
  }, () => {
    const settings = 'auth=no\nlog-enable=info+\n';
    const files = { 'small.conf': settings, 'large.conf': settings + '# x\n'.repeat(5000), 'empty.conf': '' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    execFileSync('mkfifo', [join(folder, 'pipe.conf')]);
    mkdirSync(join(folder, 'folder.conf'));
    const [small, large] = ['small.conf', 'large.conf'].map((name) => nodeFileSystem.recognise(at(name)));
    assert.deepEqual(small, { language: 'conf', content: { kind: 'bytes', bytes: Buffer.from(settings) } });
    assert.deepEqual(large, { language: 'conf' });
    for (const name of ['empty.conf', 'pipe.conf', 'folder.conf', 'none.conf'])
      assert.equal(nodeFileSystem.recognise(at(name)), undefined, name);
    for (const uri of ['file:///dev/zero', 'file:///proc/kmsg', 'untitled:Untitled-1'])
      assert.equal(nodeFileSystem.recognise(uri), undefined, uri);
  });

  mayBeForbidden('are hidden in a folder whose permissions forbid to look into it', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0 });
    assert.deepEqual(nodeFileSystem.list(at('closed')), []);
    assert.equal(nodeFileSystem.isClosed(at('closed')), true);
    chmodSync(closed, 0o700);
    for (const name of ['closed', 'none']) assert.equal(nodeFileSystem.isClosed(at(name)), false);
  });

  it('are listed as unnameable where their name is no UTF-8', { skip: process.platform !== 'linux' }, () => {
    const below = join(folder, 'names');
    mkdirSync(below);
    writeFileSync(Buffer.concat([Buffer.from(`${below}/a`), Buffer.from([0xff])]), '');
    writeFileSync(join(below, 'b\ufffd'), '');
    const kinds = nodeFileSystem.list(uriOfPath(below)).map(({ name, kind }) => [name, kind]);
    assert.deepEqual(kinds, [
      ['a\ufffd', 'unnameable'],
      ['b\ufffd', 'file'],
    ]);
  });

  it('are listed with links to files, and without links to folders', () => {
    const below = join(folder, 'listed');
    mkdirSync(join(below, 'folder'), { recursive: true });
    writeFileSync(join(below, 'b'), '');
    symlinkSync(join(below, 'b'), join(below, 'a'));
    symlinkSync(below, join(below, 'circle'));
    symlinkSync(join(below, 'nowhere'), join(below, 'dangling'));
    symlinkSync('round', join(below, 'round'));
    assert.deepEqual(nodeFileSystem.list(uriOfPath(below)), [
      { name: 'a', kind: 'file' },
      { name: 'b', kind: 'file' },
      { name: 'folder', kind: 'folder' },
    ]);
    assert.deepEqual(nodeFileSystem.list(at('none')), []);
  });
});
