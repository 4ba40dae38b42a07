import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { qpidha, spawnCommand } from '../support/command-line';

const bad = 'ha-queue-replication=no\nport=x\n';
const good = 'ha-queue-replication=no\nport=5673\n';

describe('qpidha lint --watch', { concurrency: 2, timeout: 300_000 }, () => {
  it('reports again with each change, and ends with the exit code of the last report', async () => {
    await watching({ 'a/qpidd.conf': good }, [], async ({ folder, next, end }) => {
      await next(/No problems in/);
      writeFileSync(join(folder, 'a/qpidd.conf'), bad);
      await next(/a\/qpidd\.conf:2:6: error/);
      assert.equal(await end('SIGINT'), 1);
    });
  });

  it('sees what editors do: a new file in place of the old one', async () => {
    await watching({ 'a/qpidd.conf': good }, [], async ({ folder, next, end }) => {
      await next();
      for (const text of [bad, good, bad]) {
        writeFileSync(join(folder, 'a/.qpidd.conf.swp'), text);
        renameSync(join(folder, 'a/.qpidd.conf.swp'), join(folder, 'a/qpidd.conf'));
        await next(text === bad ? /1 error/ : /No problems/);
      }
      assert.equal(await end('SIGTERM'), 1);
    });
  });

  it('sees new files, folders that go and come, and configurations', async () => {
    await watching({ 'a/qpidd.conf': good }, [], async ({ folder, next, end }) => {
      await next();
      mkdirSync(join(folder, 'b/c'), { recursive: true });
      writeFileSync(join(folder, 'b/c/qpidd.conf'), bad);
      await next(/b\/c\/qpidd\.conf:2:6: error/);
      rmSync(join(folder, 'b'), { recursive: true });
      await next(/No problems in 1 file/);
      mkdirSync(join(folder, 'b'));
      writeFileSync(join(folder, 'b/qpidd.conf'), bad);
      await next(/b\/qpidd\.conf:2:6: error/);
      writeFileSync(join(folder, 'qpidha.config.yaml'), 'version: 1\nignore: [b/]\n');
      await next(/No problems/);
      rmSync(join(folder, 'qpidha.config.yaml'));
      await next(/1 error/);
      writeFileSync(join(folder, '.gitignore'), 'b/\n');
      await next(/No problems/);
      assert.equal(await end('SIGINT'), 0);
    });
  });

  it('waits for a folder that is gone', async () => {
    await watching({ 'deep/a/qpidd.conf': good }, ['deep'], async ({ folder, next, said, end }) => {
      await next();
      rmSync(join(folder, 'deep'), { recursive: true });
      await said(/deep does not exist/);
      mkdirSync(join(folder, 'deep'));
      writeFileSync(join(folder, 'deep/qpidd.conf'), bad);
      await next(/1 error/);
      assert.equal(await end('SIGINT'), 1);
    });
  });

  it('says nothing of what is none of its business, and writes no report twice', async () => {
    const files = { 'a/qpidd.conf': bad };
    await watching(
      files,
      ['--format', 'junit=report.xml', '--format', 'text'],
      async ({ folder, next, end, printed }) => {
        await next();
        const before = readFileSync(join(folder, 'report.xml'), 'utf8');
        for (let number = 0; number < 5; number += 1)
          writeFileSync(join(folder, 'a/broker.log'), `${number}\n`.repeat(99));
        rmSync(join(folder, 'a/broker.log'));
        await setTimeout(2500);
        assert.equal(printed().match(/1 error/g)?.length, 1);
        assert.equal(readFileSync(join(folder, 'report.xml'), 'utf8'), before);
        writeFileSync(join(folder, 'a/qpidd.conf'), good);
        await next(/No problems/);
        assert.notEqual(readFileSync(join(folder, 'report.xml'), 'utf8'), before);
        assert.equal(await end('SIGINT'), 0);
      },
    );
  });

  it('fixes again and again, and comes to rest', async () => {
    await watching({ 'a/qpidd.conf': good }, ['--fix'], async ({ folder, next, said, end }) => {
      await next();
      writeFileSync(join(folder, 'a/qpidd.conf'), 'ha-queue-replication=no\nport = 5673\n');
      await said(/Applied 1 fix/);
      assert.equal(readFileSync(join(folder, 'a/qpidd.conf'), 'utf8'), good);
      assert.equal(await end('SIGINT'), 0);
    });
  });

  it('is not led in circles, and reads no pipe', async () => {
    await watching(
      { 'a/qpidd.conf': good, 'node_modules/x/qpidd.conf': bad },
      [],
      async ({ folder, next, end }) => {
        await next(/No problems in 1 file/);
        symlinkSync('..', join(folder, 'a/up'));
        symlinkSync('/nowhere', join(folder, 'a/qpidd-lost.conf'));
        writeFileSync(join(folder, 'a/qpidd.conf'), bad);
        await next(/1 error/);
        assert.equal(await end('SIGINT'), 1);
      },
    );
  });

  it('begins with a clean folder', async () => {
    await watching({}, [], async ({ folder, said, next, end }) => {
      await said(/nothing to check/);
      writeFileSync(join(folder, 'qpidd.conf'), good);
      await next(/No problems/);
      assert.equal(await end('SIGINT'), 0);
    });
  });

  for (const [args, reason] of [
    [['-'], /"-" and "--watch" exclude each other/],
    [['--fix', '--dry-run'], /"--dry-run" and "--watch" exclude each other/],
    [['no/such/file'], /does not exist/],
  ] as const) {
    it(`ends at once with 2 for ${args.join(' ')}`, async () => {
      const run = await qpidha(['lint', '--watch', ...args]);
      assert.equal(run.code, 2);
      assert.match(run.err, reason);
    });
  }
});

interface Session {
  readonly folder: string;
  /** Until there is a report, since the last call, that has these words: one may come between the steps of a change. */
  next(words?: RegExp): Promise<void>;
  said(words: RegExp): Promise<void>;
  printed(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function watching(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qpidha-watch-'));
  mkdirSync(join(folder, '.git'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const child = spawnCommand(['lint', '--watch', ...args], { cwd: folder });
  try {
    await work(sessionOf(child, folder));
  } finally {
    child.kill('SIGKILL');
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function sessionOf(child: ChildProcess, folder: string): Session {
  let out = '';
  let err = '';
  let taken = 0;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const until = async (isThere: () => boolean): Promise<void> => {
    for (const start = Date.now(); !isThere(); ) {
      assert.ok(Date.now() - start < 60_000, `nothing came: ${JSON.stringify(out.slice(taken) + err)}`);
      assert.equal(child.exitCode, null, `it has ended: ${out}${err}`);
      await setTimeout(20);
    }
  };
  return {
    folder,
    async next(words = /./) {
      // Each report ends with its summary.
      const isEnd = /(?:No problems in|errors?.* in) \d+ files?\..*\n$/;
      await until(() => isEnd.test(out.slice(taken)) && words.test(out.slice(taken)));
      taken = out.length;
    },
    said: (words) => until(() => words.test(err)),
    printed: () => out,
    end: (signal) =>
      new Promise((resolve) => {
        child.once('close', (code) => resolve(code));
        child.kill(signal);
      }),
  };
}
