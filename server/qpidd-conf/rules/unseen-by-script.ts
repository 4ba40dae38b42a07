import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { isClusterMember } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const unseenByScript: Rule<ConfDocument> = {
  id: 'ha/unseen-by-script',
  title: 'Cluster member that the init script takes for a stand-alone broker',
  severity: 'warning',
  why: 'The init script does not ask the broker whether it is in a cluster: it looks for `ha-cluster=yes` with a pattern that allows blanks after `=`, but no tab. The broker takes the tab for a blank and joins; the script leaves out its checks, reports a broker that hangs as running, and lets a primary be stopped like any other.',
  source: 'etc/fedora/qpidd.in',
  bad: [
    bad('ha-cluster=\tyes\nha-brokers-url=node1,node2\n', 'ha-cluster=yes\nha-brokers-url=node1,node2\n'),
  ],
  good: [
    good('ha-cluster= yes\nha-brokers-url=node1,node2\n'),
    good('ha-cluster=TRUE\nha-brokers-url=node1,node2\n'),
    good('ha-cluster=\tno\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'ha-cluster');
    if (setting?.understood.kind !== 'boolean' || setting.text === '' || !isClusterMember(document)) return;
    const { line, value } = setting;
    if (line.kind !== 'setting') return;
    const blanks = span(line.equals.end, value.start);
    if (!/^[ \t]*\t[ \t]*$/.test(document.source.text.slice(blanks.start, blanks.end))) return;
    report({
      uri: document.source.uri,
      span: blanks,
      message:
        'The broker joins its cluster, but the init script stumbles over the tab and leaves out its checks.',
      fix: fixBy('Remove the tab', replacement(document, blanks, '')),
    });
  },
};
