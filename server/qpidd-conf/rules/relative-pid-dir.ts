import type { Rule } from '../../text/rule';
import { meantTextOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good } from './report';

export const relativePidDir: Rule<ConfDocument> = {
  id: 'conf/relative-pid-dir',
  title: 'Daemon whose folder for its process id is a relative path',
  severity: 'warning',
  why: 'A daemon goes to its `pid-dir` and then writes the file with its process id to `pid-dir` once more, as seen from there: with `pid-dir=run` that is `run/run`, and the daemon gives up: `Cannot open lock file run/qpidd.5672.pid`. All other relative paths of a daemon, such as that of `data-dir`, begin at `pid-dir` too.',
  source: 'broker/Daemon.cpp fork, pidFile; measured',
  bad: [bad('daemon=yes\npid-dir=run\n')],
  good: [
    good('daemon=yes\npid-dir=/var/run/qpidd\n'),
    good('daemon=yes\npid-dir=.\n'),
    good('pid-dir=run\n'),
  ],
  check(document, report) {
    const setting = settingOf(document, 'pid-dir');
    const path = meantTextOf(document, 'pid-dir');
    if (setting === undefined || !effectiveBoolean(document, 'daemon')) return;
    if (path === '' || path.startsWith('/') || /^\.?(?:\/+\.)*\/*$/.test(path)) return;
    report({
      uri: document.source.uri,
      span: setting.value,
      message: 'A daemon looks for this path inside of the folder itself, and gives up: write the full path.',
    });
  },
};
