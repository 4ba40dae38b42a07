import type { Rule } from '../../text/rule';
import { meantTextOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good } from './report';

export const passwordIsUserName: Rule<ConfDocument> = {
  id: 'security/password-is-user-name',
  title: 'Password that is the name of the user',
  severity: 'warning',
  why: 'The name of the HA user is known to everybody who sees a log or an ACL file, and the user may do everything on all brokers. A password that is the same word is the first that is tried.',
  source: 'a matter of every login, not of the broker',
  bad: [bad('ha-username=qpid-ha\nha-password=qpid-ha\n'), bad('ha-username=ha\nha-password=HA\n')],
  good: [good('ha-username=qpid-ha\nha-password=s3cret\n'), good('ha-username=\nha-password=\n')],
  check(document, report) {
    const password = settingOf(document, 'ha-password');
    const text = meantTextOf(document, 'ha-password');
    if (password === undefined || text === '') return;
    const user = meantTextOf(document, 'ha-username').toLowerCase();
    // A realm is not a part of the name.
    if (![user, user.replace(/@.*$/, '')].includes(text.toLowerCase())) return;
    report({
      uri: document.source.uri,
      span: password.value,
      message: 'The password is the name of the user: choose another one, on all brokers.',
    });
  },
};
