import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseConf } from '../../../server/qpidd-conf/model';
import { documentFromBytes } from '../../../server/text/document';
import { findingsOf, told } from '../../qpidd-conf/support';
import data from './cases.json';

/**
 * The broker's verdict on a file alone, and what a linter may say that sees nothing else:
 *
 * - `reject`: at least one error.
 * - `accept`: no error. Where the broker did not start, its command line was the reason.
 * - "accept if ha.so is loaded elsewhere": no error, since the file does not keep the module out.
 * - "warn (rejected if the command line did not hide it)": an error. The file is refused as soon as it is used
 *   without that command line, which the linter cannot know.
 */
const expectsError: Readonly<Record<string, boolean>> = {
  accept: false,
  reject: true,
  'accept if ha.so is loaded elsewhere': false,
  'warn (rejected if the command line did not hide it)': true,
};

describe('error findings agree with the verdict of a real broker', () => {
  for (const { id, title, config, fileVerdict } of data.cases) {
    test(`${id}: ${title}: ${fileVerdict}`, () => {
      const document = parseConf(documentFromBytes('file:///qpidd.conf', Buffer.from(config, 'base64')));
      const errors = findingsOf(document).filter(({ severity }) => severity === 'error');
      assert.equal(errors.length > 0, expectsError[fileVerdict], errors.map(told).join('\n') || 'no error');
    });
  }

  test('there are 63 cases', () => assert.equal(data.cases.length, 63));
});
