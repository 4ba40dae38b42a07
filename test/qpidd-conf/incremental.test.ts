import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConfDocument, parseConf, type Setting } from '../../server/qpidd-conf/model';
import { documentFromText } from '../../server/text/document';
import fc from '../support/fast-check';
import { anyConf, haConf } from './arbitrary';
import { findingsOf, uri } from './support';

/** All that rules and features can see of a document. */
function seen(document: ConfDocument) {
  const { notText, byteOrderMark, unknown, former, padded, malformed, truncated, directives, release } =
    document;
  const { foreign, legacyStore, transports } = document.modules;
  return {
    facts: { notText, byteOrderMark, unknown, former, padded, malformed, truncated, directives, release },
    modules: { foreign, legacyStore, transports },
    settings: document.settings.map(shown),
    findings: findingsOf(document),
  };
}

function shown({ option, line, key, value, text, parsed, correction, understood }: Setting) {
  return {
    option: `${option.module} ${option.name}`,
    line,
    key,
    value,
    text,
    parsed,
    correction,
    understood,
  };
}

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

function applied(text: string, { at, removed, inserted }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + inserted + text.slice(start + removed);
}

const inserted = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '1', 'x', '=', '#', ' ', '\n', '\r', '\\', '\ufeff', '\n\n') },
  { weight: 1, arbitrary: fc.constantFrom('load-module=rdma.so\n', 'load-module=legacystore.so\n') },
  { weight: 1, arbitrary: fc.constantFrom('\nno-module-dir=yes\n', '# qpidha: broker 0.34\n', '\0\0') },
  { weight: 2, arbitrary: fc.oneof(anyConf, haConf) },
);

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  removed: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(9000) }),
  inserted,
});

/** Long enough for several blocks. */
const filler = fc
  .tuple(fc.constantFrom('# a comment\n', 'log-enable=debug+:HA\n', 'port = 1\r\n', 'a\n', '\n'), fc.nat(700))
  .map(([line, times]) => line.repeat(times));

const start = fc
  .array(fc.oneof(anyConf, haConf, filler), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));

function parsed(text: string, previous?: ConfDocument): ConfDocument {
  return parseConf(documentFromText(uri, text), undefined, previous);
}

test('what is seen of a file does not depend on the edits that led to it', () => {
  fc.assert(
    fc.property(start, fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
      let document = parsed(text);
      for (const change of edits) {
        document = parsed(applied(document.source.text, change), document);
        assert.deepEqual(seen(document), seen(parsed(document.source.text)));
      }
    }),
    { numRuns: 300 },
  );
});

test('an older version of a document does not change when a newer one is made from it', () => {
  fc.assert(
    fc.property(start, edit, (text, change) => {
      const document = parsed(text);
      parsed(applied(text, change), document).settings.map(shown);
      assert.deepEqual(seen(document), seen(parsed(text)));
    }),
    { numRuns: 100 },
  );
});

test('two lines that become one, and one that becomes two, are read anew', () => {
  const text = 'log-enable=debug+:HA\n# comment\nrealm=x\n'.repeat(300);
  const document = parsed(text);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const joined = text.slice(0, at) + text.slice(at + 1);
    assert.deepEqual(shownIn(parsed(joined, document)), shownIn(parsed(joined)));
    const split = `${text.slice(0, at - 3)}\n${text.slice(at - 3)}`;
    assert.deepEqual(shownIn(parsed(split, document)), shownIn(parsed(split)));
  }
});

function shownIn({ settings, unknown, malformed }: ConfDocument) {
  const texts = settings.map(({ text, key }) => `${key.start} ${text}`);
  return {
    texts,
    unknown: unknown.map(({ line }) => line.key),
    malformed: malformed.map(({ line }) => line.span),
  };
}

test('a hopeless file that shrinks to a good one is seen like any other', () => {
  const huge = parsed('wait=1\n'.repeat(1 << 18));
  assert.equal(huge.truncated, true);
  assert.deepEqual(seen(parsed('wait=1\n', huge)), seen(parsed('wait=1\n')));
  assert.equal(parsed('a\n'.repeat(1001)).truncated, true);
});
