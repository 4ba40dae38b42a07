import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told } from '../../qpidd-conf/support';
import { readFound } from '../differential/found';
import { errorsIn } from '../differential/linter';

/** What `npm run conformance` has found stays settled, also where there is no broker. */
test('broker and linter agree on every file on which they once disagreed', () => {
  for (const { name, config, starts, words } of readFound()) {
    const errors = errorsIn(Buffer.from(config, 'base64')).map(told);
    assert.equal(errors.length === 0, starts, `${name}: ${words}\n${errors.join('\n')}`);
  }
});
