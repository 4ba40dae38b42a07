import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DiagnosticSeverity, FileChangeType } from 'vscode-languageserver/node';
import { lintCommand } from '../../server/cli/lint/command';
import { EditorSession } from './editor-session';

const member = (replicate: string) =>
  `ha-cluster=yes\nha-brokers-url=node1,node2,node3\nha-replicate=${replicate}\nauth=no\n`;

const disagreeing = {
  'qpidha.config.yaml': 'version: 1\nclusters:\n  east: [n1/qpidd.conf, n2/qpidd.conf, n3/qpidd.conf]\n',
  'n1/qpidd.conf': member('all'),
  'n2/qpidd.conf': member('none'),
  'n3/qpidd.conf': member('all'),
};

const duplicate = 'ha-queue-replication=yes\nport=1\nport=2\n';

/** Projects with a configuration, each of which brings up something. */
const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a cluster that disagrees': disagreeing,
  'levels and overrides': {
    'qpidha.config.yaml':
      'version: 1\nrules: {conf/*: warning}\noverrides: [{files: b, rules: {conf/duplicate-setting: off}}]\n',
    'a/qpidd.conf': duplicate,
    'b/qpidd.conf': `${duplicate}PORT=3\n`,
  },
  'a release': {
    'qpidha.config.json': '{"version": 1, "broker": "1.36"}\n',
    'qpidd.conf': 'ha-queue-replication=yes\nsession-max-unacked=1\n',
  },
  'a broken configuration': {
    'qpidha.config.yml': 'version: 1\nrule: {}\nrules: {no/such: off}\nclusters: {e: [gone.conf]}\n',
    'qpidd.conf': duplicate,
  },
  'ignored files': {
    'qpidha.config.yaml': 'version: 1\nignore: [old]\n',
    'old/qpidd.conf': 'nonsense\n',
    'new/qpidd.conf': 'nonsense\n',
  },
};

const severities: Readonly<Record<number, string>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
};

async function linted(cwd: string): Promise<readonly string[]> {
  let out = '';
  await lintCommand({
    paths: [],
    format: 'json',
    failOn: 'error',
    color: false,
    cwd,
    stdout: (text) => {
      out += text;
    },
    stderr: () => {},
  });
  const { findings } = JSON.parse(out) as {
    findings: readonly {
      file: string;
      rule: string;
      severity: string;
      message: string;
      range: { start: { line: number; column: number } };
    }[];
  };
  return findings.map(
    ({ file, rule, severity, message, range: { start } }) =>
      `${file}:${start.line}:${start.column} ${severity} ${rule} ${message}`,
  );
}

function shown(session: EditorSession, files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    session
      .diagnostics(file)
      .map(
        ({ range: { start }, severity, code, message }) =>
          `${file}:${start.line + 1}:${start.character + 1} ${severities[severity ?? 0]} ${code} ${message}`,
      ),
  );
}

describe('the editor reports what the command line does', () => {
  for (const [what, files] of Object.entries(projects)) {
    it(`in a project with ${what}`, async () => {
      const session = await EditorSession.start({ files });
      const expected = [...(await linted(session.folder))].sort();
      assert.ok(expected.length > 0);
      await session.until(() => shown(session, Object.keys(files)).length >= expected.length);
      assert.deepEqual([...shown(session, Object.keys(files))].sort(), expected);
      await session.end();
    });
  }
});

describe('a project configuration in the editor', () => {
  it('counts as it is typed', async () => {
    const files = { 'qpidha.config.yaml': 'version: 1\n', 'qpidd.conf': duplicate };
    const session = await EditorSession.start({ files });
    await session.open('qpidha.config.yaml', 'version: 1\n', 'qpidha-config');
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    const end = { line: 1, character: 0 };
    const rules = 'rules: {conf/duplicate-setting: off}\n';
    await session.change('qpidha.config.yaml', { range: { start: end, end }, text: rules });
    await session.until(() => !session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.end();
  });

  it('counts when it comes and when it goes', async () => {
    const session = await EditorSession.start({ files: { 'qpidd.conf': duplicate } });
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    session.write('qpidha.config.yaml', 'version: 1\nrules: {conf/*: off}\n');
    await session.watched('qpidha.config.yaml', FileChangeType.Created);
    await session.until(() => !session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    session.remove('qpidha.config.yaml');
    await session.watched('qpidha.config.yaml', FileChangeType.Deleted);
    await session.until(() => session.codes('qpidd.conf').includes('conf/duplicate-setting'));
    await session.end();
  });

  it('judges an open member by the others', async () => {
    const session = await EditorSession.start({ files: disagreeing });
    await session.open('n2/qpidd.conf', member('none'));
    await session.until(() => session.codes('n2/qpidd.conf').includes('ha/replicate-differs'));
    const end = { line: 2, character: 17 };
    const start = { line: 2, character: 13 };
    await session.change('n2/qpidd.conf', { range: { start, end }, text: 'all' });
    await session.until(() => !session.codes('n2/qpidd.conf').includes('ha/replicate-differs'));
    await session.end();
  });

  it('tells hover which release a file is for', async () => {
    const files = { 'qpidha.config.yaml': 'version: 1\nbroker: "1.36"\n' };
    const session = await EditorSession.start({ files });
    await session.open('qpidd.conf', 'session-max-unacked=1\n');
    const hover = await session.request<{ contents: { value: string } }>(
      'textDocument/hover',
      session.place('qpidd.conf', 0, 3),
    );
    assert.match(hover.contents.value, /Since: 1\.37; not in 1\.36/);
    await session.end();
  });

  it('is completed and explained', async () => {
    const session = await EditorSession.start();
    await session.open('qpidha.config.yaml', 'version: 1\nrules:\n  \n', 'qpidha-config');
    const items = await session.request<{ label: string }[]>(
      'textDocument/completion',
      session.place('qpidha.config.yaml', 2, 2),
    );
    assert.ok(items.some(({ label }) => label === 'ha/both-modes'));
    const hover = await session.request<{ contents: { value: string } }>(
      'textDocument/hover',
      session.place('qpidha.config.yaml', 0, 2),
    );
    assert.match(hover.contents.value, /Version of this format/);
    await session.end();
  });
});
