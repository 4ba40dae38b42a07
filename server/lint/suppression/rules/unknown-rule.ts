import type { Rule } from '../../../text/rule';
import type { JudgedFile } from '../judged';

export const unknownRule: Rule<JudgedFile> = {
  id: 'suppression/unknown-rule',
  title: 'Suppression of a rule that does not exist',
  severity: 'warning',
  why: 'A misspelt rule hides nothing, and what it was to hide is reported. A rule is named by its id, as every finding shows it, and all rules of one area by the area and a star: `ha/*`.',
  source: 'The suppressions of this linter',
  bad: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-files -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
      fixed: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
    { files: { 'qpidd.conf': '# qpidha: disable-file * -- not ours\nport=5672\n' } },
  ],
  good: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/* -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
  ],
  check({ source: { uri }, comments }, report) {
    for (const name of comments.flatMap(({ names }) => names)) {
      if (name.state !== 'unknown') continue;
      const complaint =
        name.text === '*' || name.text === '*/*'
          ? 'All rules at once cannot be named: name them, or an area of them such as "conf/*".'
          : `There is no rule "${name.text.slice(0, 60)}"${name.meant === undefined ? '.' : `: did you mean "${name.meant}"?`}`;
      report({
        uri,
        span: name.span,
        message: complaint,
        ...(name.meant !== undefined && {
          // To put a suppression into force is for its author to decide.
          fix: {
            title: `Change to "${name.meant}"`,
            edits: [{ uri, span: name.span, newText: name.meant }],
            onRequest: true,
          },
        }),
      });
    }
  },
};
