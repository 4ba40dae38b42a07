import { quotable } from '../../config/quotable';
import type { Rule } from '../../text/rule';
import type { ClusterMember, Project } from '../project';

export const memberTwice: Rule<Project> = {
  id: 'config/member-twice',
  title: 'A file is listed twice in a cluster',
  severity: 'warning',
  why: 'A member of a cluster is listed once: a file that is listed again mostly stands where that of another member was meant, and that one is not checked. Where several members are started with the same file each has its own `address`.',
  source: 'The format of the project configuration, version 1.',
  bad: [
    {
      files: {
        'qpidha.config.yaml':
          'version: 1\nclusters:\n  east: [node1/qpidd.conf, node2/qpidd.conf, ./node1/qpidd.conf]\n',
        'node1/qpidd.conf': 'port=5672\n',
        'node2/qpidd.conf': 'port=5672\n',
      },
    },
  ],
  good: [
    {
      files: {
        'qpidha.config.yaml':
          'version: 1\nclusters:\n  east:\n    - { file: qpidd.conf, address: node1 }\n    - { file: qpidd.conf, address: node2 }\n  west: [qpidd.conf]\n',
        'qpidd.conf': 'port=5672\n',
      },
    },
  ],
  check({ clusters, configs }, report) {
    for (const { uri, members } of clusters) {
      const text = configs.get(uri)?.source.text;
      if (text === undefined) continue;
      const firsts = new Map<string, ClusterMember>();
      for (const member of members) {
        const first = firsts.get(identity(member));
        if (first === undefined) {
          firsts.set(identity(member), member);
          continue;
        }
        report({
          uri,
          span: member.span,
          message: `${quotable(text.slice(member.span.start, member.span.end))} is a member of this cluster already: name the file of another one, or remove it.`,
          related: [{ uri: first.uri, span: first.span, message: 'Listed here first.' }],
        });
      }
    }
  },
};

/** The same for what can only be the same member. */
function identity({ conf, address }: ClusterMember): string {
  return JSON.stringify([conf, address?.host, address?.port]);
}
