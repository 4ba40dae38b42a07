import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import type { ConfDocument } from '../model';
import { bad, fixBy, good, replacement } from './report';

export const emptyFile: Rule<ConfDocument> = {
  id: 'conf/empty-file',
  title: 'File without a single byte',
  severity: 'error',
  why: 'A file named by `--config` or `QPID_CONFIG` that holds no byte at all is refused with `cannot read configuration file`: the broker peeks at the first byte and takes the end of the file for a read error. One empty line is enough. Only the default file may be empty or missing.',
  source: 'Options.cpp Options::parse (conf.peek); measured',
  bad: [bad('', '# All options have their defaults.\n')],
  good: [good('\n'), good('# nothing set\n')],
  check(document, report) {
    if (document.source.text !== '') return;
    const start = span(0, 0);
    report({
      uri: document.source.uri,
      span: start,
      message:
        'The file is empty. Named by --config, the broker refuses it with "cannot read configuration file": one comment or empty line is enough.',
      fix: fixBy('Add a comment', replacement(document, start, '# All options have their defaults.\n')),
    });
  },
};
