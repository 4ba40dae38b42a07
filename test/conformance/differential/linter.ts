import { parseConf } from '../../../server/qpidd-conf/model';
import { documentFromBytes } from '../../../server/text/document';
import type { Finding } from '../../../server/text/finding';
import { findingsOf } from '../../qpidd-conf/support';

/** The errors of the linter on a file alone. */
export function errorsIn(bytes: Uint8Array): readonly Finding[] {
  const document = parseConf(documentFromBytes('file:///qpidd.conf', bytes));
  return findingsOf(document).filter(({ severity }) => severity === 'error');
}
