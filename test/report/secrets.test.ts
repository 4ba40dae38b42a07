import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintReport } from '../../server/lint/lint-report';
import { openProject } from '../../server/project/open-project';
import { type FormatName, formatNames, formatOf } from '../../server/report/formats';
import { githubSummary } from '../../server/report/github-summary';
import { memoryFiles, memoryRoot } from '../support/memory-files';
import { context } from '../support/reports';

const secret = 'hunter2';

/** Mistakes on, beside and around every way in which a file holds a password. */
const files = {
  'node1/qpidd.conf': [
    `ha-password = ${secret}`,
    `ha-password=${secret} # ${secret}`,
    `ha-pasword=${secret}`,
    `ha-pas!word= ${secret}`,
    `ha-passowrd= ${secret}`,
    `ha-pswd= ${secret}`,
    `ha-password ${secret}`,
    ` password: ${secret}`,
    `ha-brokers-url=amqp:admin:${secret}@host1,host2`,
    `ha-brokers-url = amqp:admin/${secret}@host1 host2`,
    `ha-public-url=user/${secret}@@`,
    `ssl-cert-password=${secret}`,
    `ha-username=u`,
    `port=none`,
    `link-heartbeat-interval=0 # qpidha: disable-line conf/* -- password=${secret}`,
    `# qpidha: disable-next-line ha/* -- until 2020-01-01: secret=${secret}`,
    `ha-cluster=yes`,
    '',
  ].join('\n'),
  'replicas.qpid.yaml': [
    'apiVersion: qpid-ha/v1',
    'brokers:',
    '  node1:',
    `    address: amqp://admin:${secret}@node1:99999`,
    `    password: ${secret}`,
    '    config: node1/qpidd.conf',
    '  node2:',
    `    address: admin/${secret}@node2`,
    `    adress: admin/${secret}@node2`,
    'replications:',
    '  - queue: q',
    '    from: node1',
    '    to: node3',
    `    linkAddress: "amqp:u/${secret}@node1:5672"`,
    '',
  ].join('\n'),
  'broken.qpid.yaml': `brokers: {a: {address: "amqp://u:${secret}@h", password: ${secret}\n`,
  'qpidha.config.yaml': `rules:\n  ha/both-modes: "u:${secret}@h"\npassword: ${secret}\n`,
};

const project = openProject(memoryFiles(files), [{ uri: memoryRoot }]);
const report = lintReport(project);
const everything = {
  ...report,
  baseline: { known: report.findings, stale: [] },
  suppressed: [
    ...report.suppressed,
    ...report.findings.map((finding) => ({
      finding,
      comment: finding.span,
      reason: `see amqp://u:${secret}@h`,
    })),
  ],
};

async function printed(name: FormatName): Promise<string> {
  const print = await formatOf(name).load();
  return print(everything, { ...context, root: memoryRoot, failOn: 'info' });
}

describe('no password is shown', () => {
  it('though there is much to say of files that hold some', () => {
    assert.ok(report.findings.length > 15, `${report.findings.length} findings`);
    assert.ok(Object.values(files).join('').split(secret).length > 15);
  });

  for (const name of formatNames) {
    it(`by the format ${name}`, async () => {
      const text = await printed(name);
      const lines = text.split('\n').filter((line) => line.includes(secret));
      assert.deepEqual(lines, []);
    });
  }

  it('by the summary of a step', () => {
    assert.ok(!githubSummary(report, context, 1_000_000).includes(secret));
  });
});
