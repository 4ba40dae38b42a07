import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { type ConfDocument, settingsOfOptions } from '../model';
import { bad, good, reportEach } from './report';

export const hashInPassword: Rule<ConfDocument> = {
  id: 'conf/hash-in-password',
  title: 'Password cut at "#"',
  severity: 'warning',
  why: 'A `#` begins a comment wherever it stands, also inside a value, and nothing escapes it: the broker uses the part before it as the password, without a message. The first link that logs in with it is refused and then never tried again. A password with `#` works in the environment variable `QPID_HA_PASSWORD`.',
  source: 'boost config_file_iterator; Link.cpp; measured',
  bad: [bad('ha-password=se#cret\n'), bad('ha-password=#secret\n'), bad('ha-password=se\\#cret\n')],
  good: [
    good('ha-password=secret\n'),
    good('ha-password=secret # of the HA user\n'),
    good('log-prefix=A#B\n'),
  ],
  check(document, report) {
    const { text, uri } = document.source;
    // After a blank a "#" may well begin a comment.
    const cut = settingsOfOptions(document, ({ secret }) => secret === true).filter(
      ({ value }) => text[value.end] === '#',
    );
    reportEach(document, report, cut, ({ option, value, line }) => ({
      uri,
      span: span(value.end, line.span.end - (text[line.span.end - 1] === '\r' ? 1 : 0)),
      message: `The broker cuts the password at "#" without a message. Choose one without "#", or set it in the environment variable ${option.env}.`,
    }));
  },
};
