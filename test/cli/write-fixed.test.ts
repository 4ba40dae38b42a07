import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { lintCommand } from '../../server/cli/lint/command';
import { prepareFixed } from '../../server/cli/lint/write-fixed';
import type { FixedFile } from '../../server/lint/fix';
import { uriOfPath } from '../../server/project/uris';
import { documentFromBytes, documentWithText } from '../../server/text/document';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-fix-'));
chmodSync(temporary, 0o755);
const isRoot = process.getuid?.() === 0;
let mounted: string | undefined;
after(() => {
  if (mounted !== undefined) execFileSync('umount', [mounted]);
  rmSync(temporary, { recursive: true });
});
let folders = 0;

function folder(): string {
  folders += 1;
  const path = join(temporary, String(folders));
  mkdirSync(path);
  return path;
}

function fileWith(text: string | Uint8Array, where = folder()): string {
  const path = join(where, 'qpidd.conf');
  writeFileSync(path, text);
  return path;
}

function changeOf(path: string, text: string): FixedFile {
  const before = documentFromBytes(uriOfPath(path), readFileSync(path));
  return { before, after: documentWithText(before, text) };
}

/** Why the file could not be replaced. */
function replace(path: string, text: string): string | undefined {
  const prepared = prepareFixed(changeOf(path, text));
  return typeof prepared === 'string' ? prepared : prepared.commit();
}

/** As a user who is nobody to these files. */
function asNobody<Result>(action: () => Result): Result {
  process.setegid?.(65534);
  process.seteuid?.(65534);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe('a fixed file', () => {
  it('takes the place of the old one with its permissions, and leaves nothing beside it', () => {
    const path = fileWith('old');
    chmodSync(path, 0o604);
    assert.equal(replace(path, 'new'), undefined);
    assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode & 0o7777], ['new', 0o604]);
    assert.deepEqual(readdirSync(join(path, '..')), ['qpidd.conf']);
  });

  it('keeps its owner and its group', { skip: !isRoot }, () => {
    const path = fileWith('old');
    chownSync(path, 1234, 5678);
    chmodSync(path, 0o4750);
    assert.equal(replace(path, 'new'), undefined);
    const { uid, gid, mode } = statSync(path);
    assert.deepEqual([uid, gid, mode & 0o7777], [1234, 5678, 0o4750]);
  });

  it('keeps an owner that this user cannot give', { skip: !isRoot }, () => {
    const path = fileWith('old and longer');
    chownSync(path, 1234, 5678);
    chmodSync(path, 0o666);
    chmodSync(join(path, '..'), 0o777);
    assert.equal(
      asNobody(() => replace(path, 'new')),
      undefined,
    );
    const { uid, gid } = statSync(path);
    assert.deepEqual([uid, gid, readFileSync(path, 'utf8')], [1234, 5678, 'new']);
    assert.deepEqual(readdirSync(join(path, '..')), ['qpidd.conf']);
  });

  it('keeps its other names, and the link that leads to it', () => {
    const path = fileWith('old');
    const [hard, symbolic] = [`${path}.hard`, `${path}.symbolic`];
    linkSync(path, hard);
    symlinkSync(path, symbolic);
    assert.equal(replace(symbolic, 'new'), undefined);
    assert.deepEqual([readFileSync(hard, 'utf8'), statSync(path).nlink], ['new', 2]);
  });

  it('may have the longest of names', () => {
    const path = join(folder(), `${'q'.repeat(250)}.conf`);
    writeFileSync(path, 'old');
    assert.equal(replace(path, 'new'), undefined);
  });

  it('is not written over what somebody else has changed since', () => {
    const path = fileWith('old');
    const change = changeOf(path, 'new');
    writeFileSync(path, 'edited');
    assert.equal(prepareFixed(change), 'it has been changed since it was read');
    const prepared = prepareFixed(changeOf(path, 'new'));
    assert.ok(typeof prepared !== 'string');
    writeFileSync(path, 'edited again');
    assert.equal(prepared.commit(), 'it has been changed since it was read');
    assert.deepEqual(
      [readFileSync(path, 'utf8'), readdirSync(join(path, '..'))],
      ['edited again', ['qpidd.conf']],
    );
    const gone = changeOf(path, 'new');
    rmSync(path);
    assert.equal(prepareFixed(gone), 'it is gone');
  });

  it('is left alone where it is read-only, and where its folder is', { skip: !isRoot }, () => {
    const path = fileWith('old');
    chmodSync(path, 0o444);
    chmodSync(join(path, '..'), 0o777);
    assert.equal(
      asNobody(() => replace(path, 'new')),
      'permissions forbid it',
    );
    chmodSync(path, 0o666);
    chmodSync(join(path, '..'), 0o555);
    assert.equal(
      asNobody(() => replace(path, 'new')),
      'permissions forbid it',
    );
    assert.equal(readFileSync(path, 'utf8'), 'old');
  });

  it('is left alone where a character of the fix has no place in its encoding', () => {
    const path = fileWith(Buffer.from('caf\xe9', 'latin1'));
    assert.equal(replace(path, '\u20ac'), 'the fix has characters that its encoding, latin-1, lacks');
  });
});

describe('qpidha lint --fix', () => {
  const wrong = 'port = 5672\nha-queue-replication=yes\n';

  async function fix(cwd: string) {
    const said: string[] = [];
    const code = await lintCommand({
      paths: [],
      failOn: 'error',
      fix: true,
      color: false,
      cwd,
      stdout: () => undefined,
      stderr: (text) => said.push(text),
    });
    return [code, said.join('')] as const;
  }

  it('changes no file where one cannot be', { skip: !isRoot }, async () => {
    const root = folder();
    for (const name of ['a', 'b', 'c']) {
      mkdirSync(join(root, name), { mode: 0o777 });
      chmodSync(join(root, name), 0o777);
      chmodSync(fileWith(wrong, join(root, name)), name === 'b' ? 0o444 : 0o666);
    }
    process.seteuid?.(65534);
    const [code, said] = await fix(root).finally(() => process.seteuid?.(0));
    assert.equal(code, 2);
    assert.equal(
      said,
      'qpidha lint: b/qpidd.conf cannot be written: permissions forbid it.\nqpidha lint: no file was changed.\n',
    );
    for (const name of ['a', 'b', 'c']) {
      assert.equal(readFileSync(join(root, name, 'qpidd.conf'), 'utf8'), wrong);
      assert.deepEqual(readdirSync(join(root, name)), ['qpidd.conf']);
    }
  });

  it('changes a file once that has two names', async () => {
    const root = folder();
    fileWith(wrong, root);
    symlinkSync('qpidd.conf', join(root, 'other.qpidd.conf'));
    assert.equal((await fix(root))[0], 0);
    assert.equal(readFileSync(join(root, 'qpidd.conf'), 'utf8'), wrong.replace(' = ', '='));
  });

  it('leaves a file whole when the disk is full', { skip: !isRoot }, async (test) => {
    const root = folder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', root], { stdio: 'ignore' });
    } catch {
      test.skip('nothing can be mounted here');
      return;
    }
    mounted = root;
    const text = wrong + `# ${'x'.repeat(77)}\n`.repeat(250);
    const path = fileWith(text, root);
    assert.deepEqual(await fix(root), [
      2,
      'qpidha lint: qpidd.conf cannot be written: no space is left on the device.\n',
    ]);
    assert.deepEqual([readFileSync(path, 'utf8'), readdirSync(root)], [text, ['qpidd.conf']]);
  });
});
