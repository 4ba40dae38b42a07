import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completion } from '../../server/qpidd-conf/completion';
import { hover } from '../../server/qpidd-conf/hover';
import { parseConf } from '../../server/qpidd-conf/model';
import { confRules } from '../../server/qpidd-conf/rules';
import { documentSymbols } from '../../server/qpidd-conf/symbols';
import { documentFromBytes } from '../../server/text/document';
import { applyEdits } from '../../server/text/edit';
import type { Finding } from '../../server/text/finding';
import type { Span } from '../../server/text/span';
import fc from '../support/fast-check';
import { anyConf, control, haConf } from './arbitrary';
import { conf, findingsOf, fixed, lint, told } from './support';

const runs = { numRuns: 1500 };

function within({ start, end }: Span, text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

test('every place of a finding and of its fix lies in the text', () => {
  fc.assert(
    fc.property(fc.oneof(anyConf, haConf), (text) => {
      for (const finding of lint(text)) {
        assert.ok(within(finding.span, text), told(finding));
        for (const { span } of finding.related ?? []) assert.ok(within(span, text), told(finding));
        for (const { span } of finding.fix?.edits ?? []) assert.ok(within(span, text), told(finding));
      }
    }),
    runs,
  );
});

test('any bytes at all are read without a failure', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      findingsOf(parseConf(documentFromBytes('file:///qpidd.conf', bytes)));
    }),
    runs,
  );
});

/** Findings without their places and words: a fix may move the one and change the other. */
function kinds(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

test('a fix cures its finding and brings up no other', () => {
  fc.assert(
    fc.property(fc.oneof(anyConf, haConf), (text) => {
      fc.pre(!control.test(text));
      const before = lint(text);
      for (const finding of before) {
        if (finding.fix === undefined) continue;
        const left = kinds(before);
        const cured = fixed(text, finding);
        for (const one of kinds(lint(cured))) {
          const index = left.indexOf(one);
          assert.ok(index >= 0, `${told(finding)}\n${JSON.stringify(cured)}\n${one}`);
          left.splice(index, 1);
        }
        assert.ok(left.length > 0, `${told(finding)} is still there: ${JSON.stringify(cured)}`);
      }
    }),
    runs,
  );
});

test('all fixes together, applied until none is left, come to an end', () => {
  fc.assert(
    fc.property(fc.oneof(anyConf, haConf), (start) => {
      let text = start;
      for (let round = 0; round < 12; round += 1) {
        const edits = lint(text).flatMap((finding) => finding.fix?.edits ?? []);
        if (edits.length === 0) return;
        text = applyEdits(text, edits);
      }
      assert.fail(`fixes never end: ${JSON.stringify(start)} → ${JSON.stringify(text)}`);
    }),
    runs,
  );
});

function placed(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.span.start} ${finding.span.end} ${told(finding)}`);
}

test('nothing is said twice', () => {
  fc.assert(
    fc.property(fc.oneof(anyConf, haConf), (text) => {
      const all = placed(lint(text));
      assert.equal(new Set(all).size, all.length, all.join('\n'));
    }),
    runs,
  );
});

test('the order in which rules run does not matter', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      assert.deepEqual(findingsOf(conf(text), [...confRules].reverse()), lint(text));
    }),
  );
});

test('valid lines added at the end change no finding about the others', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      const open = text.endsWith('\n') || text === '' ? text : `${text}\n`;
      fc.pre(!control.test(open) && open !== '');
      assert.deepEqual(placed(lint(`${open}# a comment at the end\n`)), placed(lint(open)));
    }),
  );
});

test('every feature answers at every offset, within the text', () => {
  fc.assert(
    fc.property(anyConf, fc.nat(), (text, number) => {
      const document = conf(text);
      const offset = number % (text.length + 2);
      const about = hover(document, offset);
      if (about !== undefined) assert.ok(within(about.span, text) && about.markdown !== '');
      for (const { edit } of completion(document, Math.min(offset, text.length))) {
        assert.ok(within(edit.span, text));
        assert.ok(!text.slice(edit.span.start, edit.span.end).includes('\n'));
      }
      for (const symbol of documentSymbols(document)) {
        assert.ok(within(symbol.span, text) && symbol.name !== '');
        assert.ok(symbol.span.start <= symbol.selectionSpan.start);
        assert.ok(symbol.selectionSpan.end <= symbol.span.end);
      }
    }),
    runs,
  );
});
