import type { Rule } from '../../../text/rule';
import type { JudgedFile } from '../judged';

export const noReason: Rule<JudgedFile> = {
  id: 'suppression/no-reason',
  title: 'Suppression without a reason',
  severity: 'info',
  why: 'A finding that is hidden without a word cannot be judged again: whoever reads the file next does not know whether it was looked into, or was in the way. A reason stands behind ` -- `, and may hold a date until which it is good: `-- until 2027-01-31: the old clients are being replaced`.',
  source: 'The suppressions of this linter',
  bad: [
    {
      files: {
        'qpidd.conf': '# qpidha: disable-next-line conf/ignored-in-file\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- until 2999-12-31\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
  ],
  good: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
  ],
  check({ source, comments }, report) {
    for (const { verb, directive, names, reason, stray, expired } of comments) {
      // One that hides nothing is to be removed, not to be explained.
      const hides = !expired && names.some(({ state }) => state === 'used' || state === 'open');
      if (verb === 'enable' || !hides || reason !== '' || stray !== undefined) continue;
      report({
        uri: source.uri,
        span: directive.span,
        message: 'Say why: a reason stands at the end, behind " -- ".',
      });
    }
  },
};
