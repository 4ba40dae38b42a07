import type { Rule } from '../../../text/rule';
import type { JudgedFile } from '../judged';

export const refused: Rule<JudgedFile> = {
  id: 'suppression/refused',
  title: 'Suppression of a rule that no comment may hide',
  severity: 'warning',
  why: 'What is found about suppressions themselves cannot be hidden by one: otherwise a single comment would hide that all others are out of date. Nor can it hide that a file cannot be read at all, since nothing else in it has been checked. The same holds for rules that the configuration of the project puts out of reach.',
  source: 'The suppressions of this linter',
  bad: [
    {
      files: {
        'qpidd.conf': '# qpidha: disable-file suppression/unused -- too noisy\nport=5672\n',
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
    for (const name of comments.flatMap(({ names }) => names)) {
      if (name.state !== 'refused') continue;
      report({
        uri: source.uri,
        span: name.span,
        message: `No comment may hide ${name.text}: this has no effect.`,
      });
    }
  },
};
