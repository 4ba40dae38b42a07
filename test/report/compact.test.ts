import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compactReport } from '../../server/report/compact';
import { span } from '../../server/text/span';
import fc from '../support/fast-check';
import { context, reportOf } from '../support/reports';

describe('the compact report', () => {
  it('is one line a finding', () => {
    const report = reportOf('a=1\nb=2\n', { span: span(6, 7) }, { severity: 'info', rule: 'ha/x' });
    assert.equal(
      compactReport(report, context),
      'a.conf:2:3: error conf/bad-enum: Wrong.\na.conf:1:1: info ha/x: Wrong.\n',
    );
  });

  it('is empty where nothing is found', () => assert.equal(compactReport(reportOf('a=1\n'), context), ''));

  it('stays one line a finding, whatever files are called and messages say', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\x1b', '\u2028', '\ud800', ':') });
    fc.assert(
      fc.property(text, text, (name, message) => {
        const lines = compactReport(reportOf('', { message }, {}), { nameOf: () => name });
        assert.match(lines, /^[^\r\n\x1b\u2028]*\n[^\r\n\x1b\u2028]*\n$/);
      }),
    );
  });
});
