import type { Rule } from '../../text/rule';
import { placeOf, takesPartInHa } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, offerBy, replacement } from './report';

/** Seconds. */
const longest = 5;

export const slowMaintenance: Rule<ConfDocument> = {
  id: 'ha/slow-maintenance',
  title: 'Links that look for a new primary at leisure',
  severity: 'info',
  why: 'A link that has lost its broker tries again at its next maintenance: a fail-over, or the return of an origin, waits for that. A link with one address only backs off to 32 times the interval. The default is 2 seconds.',
  source: 'broker/Link.h:107, broker/Link.cpp:508',
  bad: [
    bad(
      'ha-queue-replication=yes\nlink-maintenance-interval=60\n',
      'ha-queue-replication=yes\nlink-maintenance-interval=2\n',
    ),
  ],
  good: [
    good('ha-queue-replication=yes\nlink-maintenance-interval=0.5\n'),
    good('link-maintenance-interval=60\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'link-maintenance-interval');
    if (setting?.understood.kind !== 'duration' || !takesPartInHa(document)) return;
    const { seconds } = setting.understood;
    if (!(seconds > longest && seconds < 9.22e9)) return;
    report({
      uri: document.source.uri,
      span: placeOf(setting),
      message: `Links try again after ${Math.round(seconds)} seconds at the earliest, and one with a single address after up to ${Math.round(seconds * 32)}: write 0.1 to 2.`,
      fix: offerBy('Change to "2", the default', replacement(document, setting.value, '2')),
    });
  },
};
