import type { Rule } from '../../text/rule';
import { isClusterMember, meantTextOf, placeOf, takesPartInHa, wantsLogin } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const mechanismMissing: Rule<ConfDocument> = {
  id: 'ha/mechanism-missing',
  title: 'Credentials that a broker without logins cannot use',
  severity: 'warning',
  why: 'A broker with `auth=no` does not choose a SASL mechanism for its links either: where `ha-mechanism` is empty it sends an empty one, and an origin that wants a login refuses it with `Unsupported mechanism`. The link is never tried again. Credentials are of use only together with `ha-mechanism=PLAIN` then: with any other mechanism it sends what PLAIN would, and is refused with `Authentication failed`. A broker with `auth=yes` can use all mechanisms.',
  source: 'broker/ConnectionHandler.cpp:320; measured',
  bad: [
    bad('auth=no\nha-queue-replication=yes\nha-username=qpid-ha\nha-password=secret\n'),
    bad('ha-queue-replication=yes\nauth=no\nha-username=qpid-ha\nha-password=secret\nha-mechanism=\n'),
  ],
  good: [
    good('auth=no\nha-queue-replication=yes\nha-username=qpid-ha\nha-password=secret\nha-mechanism=PLAIN\n'),
    good('auth=yes\nha-queue-replication=yes\nha-username=qpid-ha\nha-password=secret\n'),
    good('auth=no\nha-queue-replication=yes\n'),
  ],
  check(document, report) {
    const user = settingOf(document, 'ha-username');
    if (user === undefined || meantTextOf(document, 'ha-username') === '') return;
    if (meantTextOf(document, 'ha-mechanism') !== '' || wantsLogin(document) !== false) return;
    // In a cluster the others have auth=no as well, so that nobody asks for the credentials.
    if (!takesPartInHa(document) || isClusterMember(document)) return;
    report({
      uri: document.source.uri,
      span: placeOf(settingOf(document, 'ha-mechanism') ?? user),
      message:
        'With "auth" off the broker sends no mechanism of its own choice, and an origin that wants a login refuses the link: set "ha-mechanism=PLAIN", the one that such a broker can use.',
    });
  },
};
