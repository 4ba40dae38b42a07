import { quotable } from '../../manifest/addresses';
import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { unreadReasons } from '../unread-reasons';

export const configMissing: Rule<Project> = {
  id: 'manifest/config-missing',
  title: 'A file under `config` cannot be read',
  severity: 'error',
  why: 'A broker that is started with this path refuses to start: `cannot read configuration file`. And nothing that the broker is configured to do can be checked against what the manifest asks of it. Paths are relative to the manifest.',
  source: 'Options.cpp parseOptions: a file named by --config must be readable.',
  bad: [
    { files: { 'replicas.qpid.yaml': manifest('node2/qpidd.conf'), 'node1/qpidd.conf': 'port=5672\n' } },
    { files: { 'replicas.qpid.yaml': manifest('node1'), 'node1/qpidd.conf': 'port=5672\n' } },
  ],
  good: [
    { files: { 'replicas.qpid.yaml': manifest('node1/qpidd.conf'), 'node1/qpidd.conf': 'port=5672\n' } },
  ],
  check({ links, unread }, report) {
    for (const { manifest, path, conf } of links) {
      const reason = unread.get(conf)?.reason;
      if (reason === undefined) continue;
      report({
        uri: manifest.source.uri,
        span: path.span,
        message: `"${quotable(path.value)}" ${unreadReasons[reason]}.`,
        // The broker may be able to read what we cannot.
        ...(reason !== 'missing' && reason !== 'folder' && { severity: 'warning' }),
      });
    }
  },
};

function manifest(config: string): string {
  return `version: 1\nbrokers:\n  node1:\n    address: node1\n    config: ${config}\n`;
}
