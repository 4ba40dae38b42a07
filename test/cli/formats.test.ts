import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
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
import { addOutput, type Outputs } from '../../server/cli/lint/outputs';
import { formatNames } from '../../server/report/formats';
import { commandWords, noPlatform, qpidha, type RunOptions } from '../support/command-line';
import { readXml } from '../support/read-xml';
import { workflowCommands } from '../support/workflow-commands';

const temporary = mkdtempSync(join(tmpdir(), 'qpidha-formats-'));
after(() => rmSync(temporary, { recursive: true }));
let folders = 0;

/** A folder of its own with a file that has one error. */
function folderWithError(): string {
  folders += 1;
  const folder = join(temporary, String(folders));
  mkdirSync(folder);
  writeFileSync(join(folder, 'qpidd.conf'), 'port=none\nha-queue-replication=no\n');
  return folder;
}

function lint(cwd: string, args: readonly string[], environment: RunOptions['environment'] = {}) {
  return qpidha(['lint', ...args], { cwd, environment });
}

function outputsOf(formats: readonly string[]): Outputs {
  return (
    formats.reduce<Outputs | undefined>((before, format) => addOutput(format, before), undefined) ?? {
      files: [],
    }
  );
}

/** Without a process of its own. */
async function report(cwd: string, formats: readonly string[], environment: RunOptions['environment'] = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await lintCommand({
    paths: [],
    ...outputsOf(formats),
    failOn: 'error',
    color: false,
    cwd,
    environment,
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** The command line in a shell, where it is `"$@"`. */
function inShell(cwd: string, script: string, args: readonly string[]) {
  return spawnSync('bash', ['-c', script, 'bash', ...commandWords, 'lint', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...noPlatform, NO_COLOR: '1' },
  });
}

const anError = /^qpidd\.conf:1:6: error /;

describe('lint --format', () => {
  it('writes several formats at once, and prints one', async () => {
    const folder = folderWithError();
    const files = formatNames.map((name) => `${name}=out-${name}`);
    const run = await lint(folder, ['--format', 'compact', ...files.flatMap((file) => ['--format', file])]);
    assert.deepEqual([run.code, run.err], [1, '']);
    assert.match(run.out, anError);
    const read = (name: string) => readFileSync(join(folder, `out-${name}`), 'utf8');
    assert.equal(read('compact'), run.out);
    assert.match(read('text'), /\n1 error in 1 file\./);
    assert.equal(JSON.parse(read('json')).findings.length, 1);
    assert.equal(JSON.parse(read('jsonl').split('\n')[1] ?? '').type, 'summary');
    assert.equal(JSON.parse(read('sarif')).runs[0].results.length, 1);
    assert.equal(workflowCommands(read('github')).length, 1);
    assert.equal(JSON.parse(read('gitlab')).length, 1);
    assert.equal(readXml(read('junit')).attributes.failures, '1');
    assert.equal(readXml(read('checkstyle')).children.length, 1);
  });

  it('prints nothing where all formats go to files', async () => {
    const run = await report(folderWithError(), ['json=report.json']);
    assert.deepEqual([run.code, run.out, run.err], [1, '', '']);
  });

  const misuses: readonly (readonly [formats: readonly string[], said: RegExp])[] = [
    [['json', 'sarif'], /^Only one format can be printed, and that is json\. Name a file.*: sarif=FILE/],
    [['json', 'sarif=-'], /^Only one format can be printed/],
    [['json', 'sarif=/dev/stdout'], /^Only one format can be printed/],
    [['sarif='], /^There is no file behind the "="/],
    [['sarif=x', 'json=./x'], /^The file of another format is the same/],
    [['sarfi=x'], /^Allowed choices are text, .*, sarif/],
    [['toString'], /^Allowed choices are/],
    [[''], /^Allowed choices are/],
  ];
  for (const [formats, said] of misuses) {
    it(`refuses ${formats.join(' with ') || 'nothing'}`, () => {
      assert.throws(() => outputsOf(formats), { message: said });
    });
  }

  it('ends with 2 where it is refused, and writes nothing', async () => {
    const folder = folderWithError();
    const run = await lint(folder, ['--format', 'json=x', '--format', 'text', '--format', 'sarif']);
    assert.deepEqual([run.code, run.out], [2, '']);
    assert.match(run.err, /Only one format can be printed/);
    assert.deepEqual(readdirSync(folder), ['qpidd.conf']);
  });

  it('takes a file whose name has an equals sign', () => {
    assert.deepEqual(outputsOf(['json=a=b', 'text']), {
      format: 'text',
      files: [{ format: 'json', path: 'a=b' }],
    });
  });
});

describe('the file of a format', () => {
  it('is replaced as a whole, keeps its permissions, and stays behind its link', async () => {
    const folder = folderWithError();
    writeFileSync(join(folder, 'real.json'), 'old');
    chmodSync(join(folder, 'real.json'), 0o640);
    symlinkSync('real.json', join(folder, 'link.json'));
    const { code } = await report(folder, ['json=link.json']);
    assert.equal(code, 1);
    assert.equal(JSON.parse(readFileSync(join(folder, 'real.json'), 'utf8')).version, 1);
    assert.equal(statSync(join(folder, 'real.json')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder).sort(), ['link.json', 'qpidd.conf', 'real.json']);
  });

  const unusable: readonly (readonly [name: string, path: string, said: string])[] = [
    ['in a folder that is not there', 'no/such/x', 'its folder does not exist'],
    ['that is a folder', '.', 'it is a folder'],
    ['below a file', 'qpidd.conf/x', 'its path leads through a file that is no folder'],
    ['with a name that is too long', 'x'.repeat(300), 'its name is too long'],
    ['on a full device', '/dev/full', 'no space is left on the device'],
    ['that is checked itself', './qpidd.conf', 'it is checked itself'],
  ];
  for (const [name, path, said] of unusable) {
    it(`${name} is told of in one line, and the other formats still come`, async () => {
      const folder = folderWithError();
      const run = await report(folder, [`sarif=${path}`, 'json=other.json', 'compact']);
      assert.deepEqual([run.code, run.err], [2, `qpidha lint: ${path} cannot be written: ${said}.\n`]);
      assert.match(run.out, anError);
      assert.deepEqual(readdirSync(folder).sort(), ['other.json', 'qpidd.conf']);
      assert.match(readFileSync(join(folder, 'qpidd.conf'), 'utf8'), /^port=none\n/);
    });
  }

  it('that is checked itself is known behind a link, too', async () => {
    const folder = folderWithError();
    symlinkSync('qpidd.conf', join(folder, 'report'));
    const { code, err } = await report(folder, ['json=report']);
    assert.deepEqual([code, err], [2, 'qpidha lint: report cannot be written: it is checked itself.\n']);
    assert.match(readFileSync(join(folder, 'qpidd.conf'), 'utf8'), /^port=none\n/);
  });

  const cannotBeRefused = process.getuid?.() === 0;
  it('in a folder that may not be written is told of', { skip: cannotBeRefused }, async () => {
    const folder = folderWithError();
    mkdirSync(join(folder, 'closed'), { mode: 0o555 });
    const run = await report(folder, ['sarif=closed/x']);
    assert.deepEqual(
      [run.code, run.err],
      [2, 'qpidha lint: closed/x cannot be written: permissions forbid it.\n'],
    );
  });

  it('that may not be written is told of', { skip: cannotBeRefused }, async () => {
    const folder = folderWithError();
    writeFileSync(join(folder, 'x'), 'old', { mode: 0o444 });
    const { code, err } = await report(folder, ['sarif=x']);
    assert.deepEqual([code, err], [2, 'qpidha lint: x cannot be written: permissions forbid it.\n']);
    assert.equal(readFileSync(join(folder, 'x'), 'utf8'), 'old');
  });

  it('can have the longest name that there is', async () => {
    const folder = folderWithError();
    const { code } = await report(folder, [`json=${'x'.repeat(255)}`]);
    assert.equal(code, 1);
  });

  it('stays as it was where the new one cannot be written to its end', () => {
    const folder = folderWithError();
    writeFileSync(join(folder, 'x.sarif'), 'old');
    const run = inShell(folder, 'ulimit -f 1; exec "$@"', ['--format', 'sarif=x.sarif']);
    assert.deepEqual(
      [run.status, run.stderr],
      [2, 'qpidha lint: x.sarif cannot be written: it would be larger than is allowed.\n'],
    );
    assert.equal(readFileSync(join(folder, 'x.sarif'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(folder).sort(), ['qpidd.conf', 'x.sarif']);
  });

  it('can be a device, which stays one', async () => {
    const run = await report(folderWithError(), ['json=/dev/null', 'sarif=/dev/null']);
    assert.deepEqual([run.code, run.out, run.err], [1, '', '']);
    assert.ok(statSync('/dev/null').isCharacterDevice());
  });

  it('can be the standard output, and the other one', () => {
    const args = ['--format', 'compact=/dev/stdout', '--format', 'compact=/dev/stderr'];
    const run = inShell(folderWithError(), 'exec "$@"', args);
    assert.match(run.stdout, anError);
    assert.equal(run.stderr, run.stdout);
  });

  it('can be a named pipe', () => {
    const folder = folderWithError();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const run = inShell(folder, 'cat pipe > read & "$@"; code=$?; wait; exit $code', [
      '--format',
      'compact=pipe',
    ]);
    assert.deepEqual([run.status, run.stderr], [1, '']);
    assert.match(readFileSync(join(folder, 'read'), 'utf8'), anError);
    assert.ok(statSync(join(folder, 'pipe')).isFIFO());
  });

  it('can be another process', () => {
    const folder = folderWithError();
    const run = inShell(folder, '"$@" --format compact=>(cat >&2); sleep 0.1', []);
    assert.match(run.stderr, anError);
  });
});

describe('the standard output', () => {
  it('ends quietly when its reader has gone, and the files are there', () => {
    const folder = folderWithError();
    const run = inShell(folder, '"$@" | true', ['--format', 'json', '--format', 'sarif=x.sarif']);
    assert.deepEqual([run.stdout, run.stderr], ['', '']);
    assert.ok(existsSync(join(folder, 'x.sarif')));
  });

  it('is told of where it cannot be written', () => {
    const run = inShell(folderWithError(), 'exec "$@" > /dev/full', []);
    assert.deepEqual(
      [run.status, run.stderr],
      [2, 'qpidha: the standard output cannot be written: no space is left on the device.\n'],
    );
  });
});

describe('in a GitHub workflow', () => {
  const inWorkflow = { GITHUB_ACTIONS: 'true' };

  it('annotations are printed unless another format is asked for', async () => {
    const folder = folderWithError();
    const run = await lint(folder, [], inWorkflow);
    assert.equal(run.code, 1);
    const [annotation] = workflowCommands(run.out);
    assert.deepEqual([annotation?.name, annotation?.properties.file], ['error', 'qpidd.conf']);
    const asked = await lint(folder, ['--format', 'text'], inWorkflow);
    assert.deepEqual(workflowCommands(asked.out), []);
  });

  it('paths are those of the repository, wherever the linter runs', async () => {
    const folder = folderWithError();
    const environment = { ...inWorkflow, GITHUB_WORKSPACE: temporary };
    const run = await report(folder, ['github', 'sarif=x.sarif'], environment);
    const path = `${folder.slice(temporary.length + 1)}/qpidd.conf`;
    assert.equal(workflowCommands(run.out)[0]?.properties.file, path);
    const [result] = JSON.parse(readFileSync(join(folder, 'x.sarif'), 'utf8')).runs[0].results;
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, path);
  });

  it('the summary of the step gets all findings, after what it has', async () => {
    const folder = folderWithError();
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    await report(folder, ['github=log'], { ...inWorkflow, GITHUB_STEP_SUMMARY: summary });
    assert.match(
      readFileSync(summary, 'utf8'),
      /^before\n### qpidha lint\n[\s\S]*\n\| error \| qpidd\\\.conf/,
    );
  });

  it('a summary that cannot be written changes no exit code', async () => {
    const environment = { ...inWorkflow, GITHUB_STEP_SUMMARY: '/no/such/summary' };
    const run = await report(folderWithError(), ['github'], environment);
    assert.deepEqual(
      [run.code, run.err],
      [1, 'qpidha lint: the summary of the step cannot be written: its folder does not exist.\n'],
    );
  });
});

describe('in a GitLab pipeline', () => {
  it('paths are those of the project, wherever the linter runs', async () => {
    const folder = folderWithError();
    const run = await report(folder, ['gitlab'], { CI_PROJECT_DIR: temporary });
    assert.equal(JSON.parse(run.out)[0].location.path, `${folder.slice(temporary.length + 1)}/qpidd.conf`);
  });
});

describe('in a working tree of git', () => {
  it('paths of SARIF begin where the tree does', async () => {
    const folder = folderWithError();
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, 'deep'));
    const run = await lint(join(folder, 'deep'), ['../qpidd.conf', '--format', 'sarif']);
    const [result] = JSON.parse(run.out).runs[0].results;
    assert.deepEqual(result.locations[0].physicalLocation.artifactLocation, {
      uri: 'qpidd.conf',
      uriBaseId: '%SRCROOT%',
    });
  });
});
