import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, reportEach } from './report';

export const credentialsForTools: Rule<ConfDocument> = {
  id: 'ha/credentials-for-tools',
  title: 'User or password that qpid-ha cannot use',
  severity: 'warning',
  why: '`qpid-ha --config` puts `ha-username` and `ha-password` into a URL that knows no escapes: with `:`, `/` or `@` in one of them it exits with `ValueError`, and the scripts that look at a broker and promote it fail. The broker itself does not mind.',
  source: 'qpid-python qpid/util.py:141; measured',
  bad: [
    bad('auth=no\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=se:cret\n'),
    bad('auth=no\nha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid/ha\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=s3-cr.et!\n'),
    good('ha-queue-replication=yes\nha-username=qpid-ha\nha-password=se:cret\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-password=se:cret\n'),
  ],
  check(document, report) {
    // A password without a user is not used, which is a finding of its own.
    if (!isClusterMember(document) || meantTextOf(document, 'ha-username') === '') return;
    // A realm in the user's name is a finding of its own.
    const faulty = [
      { setting: settingOf(document, 'ha-username'), signs: /[:/]/ },
      { setting: settingOf(document, 'ha-password'), signs: /[:/@]/ },
    ].flatMap(({ setting, signs }) =>
      setting !== undefined && signs.test(meantTextOf(document, setting.option.name)) ? [setting] : [],
    );
    reportEach(document, report, faulty, ({ option, value }) => ({
      uri: document.source.uri,
      span: value,
      message: `"qpid-ha --config", and with it the scripts that promote a broker, fails on ":", "/" or "@" in "${option.name}": use plain characters.`,
    }));
  },
};
