import type { Rule } from '../../text/rule';
import { clusterUrlOf } from '../ha';
import type { ConfDocument } from '../model';
import { bad, good } from './report';

export const credentialsInUrl: Rule<ConfDocument> = {
  id: 'security/credentials-in-url',
  title: 'User or password in a URL of brokers',
  severity: 'warning',
  why: 'The grammar of a broker URL has a user and a password, and the links of HA ignore both. What they log in with stands in `ha-username` and `ha-password`. A password in the URL does nothing but show: everybody who may look at the broker through management reads it there.',
  source: 'ha/HaBroker.cpp:178, Backup.cpp:70; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=qpid-ha/secret@node1,node2\n'),
    bad('ha-cluster=yes\nha-brokers-url=amqp:qpid-ha@node1,node2\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=secret\n'),
    good('ha-cluster=no\nha-brokers-url=qpid-ha@node1,node2\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found?.url.user === undefined) return;
    const { setting, url } = found;
    report({
      uri: document.source.uri,
      span: setting.value,
      message: url.hasPassword
        ? 'Links ignore the user and the password in this URL, and management shows them to everybody: remove them, and set "ha-username" and "ha-password".'
        : 'Links ignore the user in this URL: remove it, and set "ha-username" and "ha-password".',
    });
  },
};
