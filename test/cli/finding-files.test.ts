import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { qpidha } from '../support/command-line';
import { temporaryFolders } from '../support/temporary-folder';

const folderWith = temporaryFolders();
const broker = 'ha-queue-replication=yes\nauth=no\n';

describe('the arguments of qpidha lint', () => {
  it('take the standard input for a file', async () => {
    const cwd = folderWith({ 'a/qpidd.conf': broker });
    const args = ['lint', '-', '--stdin-filename', 'a/qpidd.conf', '--format', 'compact'];
    const [wrong, right] = await Promise.all([
      qpidha(args, { cwd, input: `${broker}prot=1\n` }),
      qpidha(args, { cwd, input: broker }),
    ]);
    assert.match(wrong.out, /^a\/qpidd\.conf:3:1: error conf\/unknown-option/);
    assert.deepEqual([wrong.code, wrong.err], [1, '']);
    assert.equal(right.code, 0);
  });

  it('take one that is empty, or is none, for an empty file', async () => {
    const cwd = folderWith({});
    const args = ['lint', '-', '--format', 'compact'];
    for (const options of [{ cwd, input: '' }, { cwd }]) {
      const { code, out } = await qpidha(args, options);
      assert.match(out, /^<stdin>:1:1: error conf\/empty-file/);
      assert.equal(code, 1);
    }
  });

  it('list files, and look also at those that git ignores', async () => {
    const cwd = folderWith({
      '.gitignore': 'b.conf\n',
      'qpidd.conf': broker,
      'b.conf': `${broker}acl-file=/x\n`,
    });
    execFileSync('git', ['-C', cwd, 'init', '-q']);
    const args = ['lint', '--list-files'];
    assert.equal((await qpidha(args, { cwd })).out, 'qpidd.conf\n');
    const all = await qpidha([...args, '--verbose', '--no-gitignore', '*.conf'], { cwd });
    assert.equal(all.out, 'b.conf\tnamed on the command line\nqpidd.conf\tnamed on the command line\n');
  });
});
