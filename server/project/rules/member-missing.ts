import { quotable } from '../../manifest/addresses';
import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { unreadReasons } from '../unread-reasons';

export const memberMissing: Rule<Project> = {
  id: 'config/member-missing',
  title: 'A file under `clusters` cannot be read',
  severity: 'error',
  why: 'The members of a cluster are checked together: a member whose file is not there is not checked, and what the others lack beside it is not seen. Paths are relative to the configuration.',
  source: 'The format of the project configuration, version 1.',
  bad: [
    { files: { 'qpidha.config.yaml': config('node2/qpidd.conf'), 'node1/qpidd.conf': 'port=5672\n' } },
    { files: { 'qpidha.config.yaml': config('node1'), 'node1/qpidd.conf': 'port=5672\n' } },
  ],
  good: [{ files: { 'qpidha.config.yaml': config('node1/qpidd.conf'), 'node1/qpidd.conf': 'port=5672\n' } }],
  check({ clusters, configs, unread }, report) {
    for (const { uri, members } of clusters) {
      const text = configs.get(uri)?.source.text;
      if (text === undefined) continue;
      for (const { conf, span } of members) {
        const reason = unread.get(conf)?.reason;
        if (reason === undefined) continue;
        report({
          uri,
          span,
          message: `${quotable(text.slice(span.start, span.end))} ${unreadReasons[reason]}.`,
          // The broker may be able to read what we cannot.
          ...(reason !== 'missing' && reason !== 'folder' && { severity: 'warning' }),
        });
      }
    }
  },
};

function config(member: string): string {
  return `version: 1\nclusters:\n  east: ["${member}"]\n`;
}
