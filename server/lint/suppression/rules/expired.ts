import type { Rule } from '../../../text/rule';
import type { JudgedFile } from '../judged';
import { comprehensiveRemoval } from '../removal';

export const expired: Rule<JudgedFile> = {
  id: 'suppression/expired',
  title: 'Suppression whose date has passed',
  severity: 'warning',
  why: 'Whoever wrote `until 2024-06-30` meant to have cured the cause by then. From the day after, counted in UTC, the comment hides nothing: what it hid is reported again, and so is the comment, until the cause is cured or a new date is set.',
  source: 'The suppressions of this linter',
  bad: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- until 2024-06-30: the tools are being replaced\nconfig=/etc/qpid/qpidd.conf\n',
      },
      fixed: { 'qpidd.conf': 'config=/etc/qpid/qpidd.conf\n' },
    },
  ],
  good: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- until 2999-12-31: the tools are being replaced\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
  ],
  check(file, report) {
    for (const comment of file.comments) {
      if (!comment.expired || comment.expiry === undefined) continue;
      report({
        uri: file.source.uri,
        span: comment.expiry.span,
        message: `This ended on ${comment.expiry.date}: it hides nothing any more. Cure what it hid, or set a new date.`,
        fix: { title: 'Remove the comment', edits: comprehensiveRemoval(file, comment), onRequest: true },
      });
    }
  },
};
