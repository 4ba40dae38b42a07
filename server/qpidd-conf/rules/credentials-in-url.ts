import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import { isClusterMember, meantTextOf, type UrlSetting, urlOf } from '../ha';
import type { ConfDocument } from '../model';
import { bad, fixBy, good, offerBy, replacement } from './report';

export const credentialsInUrl: Rule<ConfDocument> = {
  id: 'security/credentials-in-url',
  title: 'User or password in a URL of brokers',
  severity: 'warning',
  why: 'The grammar of a broker URL has a user and a password, and the links of HA ignore both. What they log in with stands in `ha-username` and `ha-password`. A password in `ha-brokers-url` does nothing but show: everybody who may look at the broker through management reads it there. `ha-public-url` and `known-hosts-url` are sent to every client that connects, as they are.',
  source: 'ha/HaBroker.cpp:178, Backup.cpp:70, Url.cpp operator<<, ConnectionHandler.cpp open; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=qpid-ha/secret@node1,node2\n'),
    bad(
      'ha-cluster=yes\nha-brokers-url=amqp:qpid-ha@node1,node2\nha-username=qpid-ha\n',
      'ha-cluster=yes\nha-brokers-url=amqp:node1,node2\nha-username=qpid-ha\n',
    ),
    bad('known-hosts-url=client/secret@node1,node2\n', 'known-hosts-url=node1,node2\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-username=qpid-ha\nha-password=secret\n'),
    good('ha-cluster=no\nha-brokers-url=qpid-ha@node1,node2\n'),
  ],
  check(document, report) {
    const names = isClusterMember(document) ? ['ha-brokers-url', 'ha-public-url'] : ['known-hosts-url'];
    for (const name of names) {
      const found = urlOf(document, name);
      if (found?.url.user !== undefined) report(finding(document, found));
    }
  },
};

function finding(document: ConfDocument, found: UrlSetting): FindingDraft {
  const { option, value } = found.setting;
  const what = found.url.hasPassword ? 'the user and the password' : 'the user';
  const them = found.url.hasPassword ? 'them' : 'it';
  const forMembers = option.name === 'ha-brokers-url';
  const message = forMembers
    ? `Links ignore ${what} in this URL, and management shows ${them} to everybody: remove ${them}, and set "ha-username" and "ha-password".`
    : `Every client that connects is told this URL, with ${what} in it: remove ${them}.`;
  return { uri: document.source.uri, span: value, message, ...cure(document, found, forMembers) };
}

/** Certain where the links log in with something else. */
function cure(document: ConfDocument, { setting }: UrlSetting, forMembers: boolean) {
  const [login = '', scheme = ''] = /^(amqp:)?[^@]*@/.exec(setting.text) ?? [];
  if (login === '' || setting.parsed.kind !== 'url') return {};
  if (forMembers && meantTextOf(document, 'ha-username') === '') return {};
  const { start } = setting.value;
  const edit = replacement(document, span(start + scheme.length, start + login.length), '');
  return { fix: (forMembers ? fixBy : offerBy)('Remove the login from the URL', edit) };
}
