import type { Rule } from '../../text/rule';
import { isClusterMember, placeOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
import { bad, good, offerBy, replacement } from './report';

/** Seconds. */
const longest = 120;

export const backupTimeout: Rule<ConfDocument> = {
  id: 'ha/backup-timeout',
  title: 'New primary that waits for its backups too long, or not at all',
  severity: 'warning',
  why: 'A new primary is in state `recovering` until the backups that it expects have caught up, at most for `ha-backup-timeout`. With 0 it gives all of them up at once, so that messages are not safe until they are back. With minutes, one backup that does not come holds the primary in recovery as long, which is an information only. The default is 10 seconds.',
  source: 'ha/Primary.cpp:165, 219',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-backup-timeout=0\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-backup-timeout=10\n',
    ),
    bad(
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-backup-timeout=600\n',
      'ha-cluster=yes\nha-brokers-url=node1,node2\nha-backup-timeout=10\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nha-backup-timeout=20\n'),
    good('ha-cluster=no\nha-backup-timeout=0\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'ha-backup-timeout');
    if (setting?.understood.kind !== 'duration' || !isClusterMember(document)) return;
    const { seconds } = setting.understood;
    const fix = offerBy('Change to "10", the default', replacement(document, setting.value, '10'));
    const place = { uri: document.source.uri, span: placeOf(setting), fix };
    if (seconds === 0) {
      report({ ...place, message: 'A new primary gives up its backups at once: write about 10.' });
    } else if (seconds > longest && seconds < 9.22e9) {
      const message = `A backup that does not come holds a new primary in recovery for ${Math.round(seconds)} seconds: about 10 are usual.`;
      report({ ...place, severity: 'info', message });
    }
  },
};
