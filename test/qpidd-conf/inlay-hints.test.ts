import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inlayHints } from '../../server/qpidd-conf/inlay-hints';
import fc from '../support/fast-check';
import { anyConf } from './arbitrary';
import { conf } from './support';

/** The text with its hints in brackets. */
function hinted(text: string): string {
  const hints = inlayHints(conf(text), { start: 0, end: text.length });
  return [...hints]
    .reverse()
    .reduce((shown, { offset, label }) => `${shown.slice(0, offset)}[${label}]${shown.slice(offset)}`, text);
}

describe('hints behind values', () => {
  const cases: readonly string[] = [
    'auth=[yes]',
    'ha-cluster=[yes]  # on',
    'auth=yes',
    'auth',
    'default-queue-limit=104857600[= 100 MiB]',
    'default-queue-limit=100000000[= 95.37 MiB]',
    'default-queue-limit=512[bytes]',
    'default-queue-limit=0[bytes]',
    'efp-file-size=2048[= 2 MiB]',
    'efp-file-size=18014398509481984[= 16 EiB]',
    'wcache-page-size=16[KiB]',
    'link-heartbeat-interval=5[seconds]',
    'link-heartbeat-interval=1[second]',
    'link-heartbeat-interval=120[= 2 minutes]',
    'link-heartbeat-interval=0.5[seconds]',
    'journal-flush-timeout=500[= 8.333 minutes]',
    'journal-flush-timeout=500ms',
    'queue-purge-interval=600s[= 10 minutes]',
    'link-heartbeat-interval=0x10[= 16 seconds]',
    'link-heartbeat-interval=1e2[= 1.667 minutes]',
    'link-heartbeat-interval=inf',
    'link-heartbeat-interval=nan',
    'link-heartbeat-interval=5 s',
    'max-negotiate-time=10000[= 10 seconds]',
    'max-negotiate-time=500[ms]',
    'dtx-default-timeout=60[= 1 minute]',
    'dtx-default-timeout=30[seconds]',
    'default-flow-stop-threshold=80[%]',
    'port=5672',
    'port=-39530[= 26006]',
    'default-queue-limit=-1[= 4294967295]',
    'session-max-unacked=-1[= 18446744073709551615]',
    'efp-file-size=-00002[= 18446744073709551614]',
    'default-queue-limit=100M',
    'ha-password=5',
    'realm=[empty]',
    'ha-username=',
    '#port=5673[default: 5672]',
    '  ## auth=no[default: yes]',
    '# link-heartbeat-interval=[default: 120s]',
    '#port=5672',
    '# auth=no is for tests only',
    '# see auth=no',
    '#acl-file=/etc/qpid/qpidd.acl',
    '#log-enable=debug+',
    '#no-such-option=1',
    'no-such-option=1',
  ];
  for (const shown of cases) {
    test(shown, () => assert.equal(hinted(shown.replace(/\[.*\]/, '')), shown));
  }
  test('tell of a default once, and only where it holds', () => {
    assert.equal(hinted('#port=1\n#port=2\n'), '#port=1[default: 5672]\n#port=2\n');
    assert.equal(hinted('#port=1\nport=2\n'), '#port=1\nport=2\n');
    assert.equal(hinted('no-module-dir=yes\n#ha-cluster=yes\n'), 'no-module-dir=yes\n#ha-cluster=yes\n');
  });
  test('of an old store count its pages', () => {
    const text = 'load-module=/x/legacystore.so\njfile-size-pgs=24';
    assert.equal(hinted(text), `${text}[= 1.5 MiB]`);
  });
  test('are given for the lines in view only', () => {
    const hints = inlayHints(conf('auth=\ntrace=\nlog-time=\n'), { start: 6, end: 12 });
    assert.deepEqual(
      hints.map(({ offset }) => offset),
      [12],
    );
  });
});

test('hints stand in the text, in order, and each says something', () => {
  fc.assert(
    fc.property(anyConf, (text) => {
      let last = 0;
      for (const { offset, label, tooltip } of inlayHints(conf(text), { start: 0, end: text.length })) {
        assert.ok(last <= offset && offset <= text.length);
        assert.ok(label.trim() !== '' && tooltip !== '' && !label.includes('NaN'));
        last = offset;
      }
    }),
    { numRuns: 1000 },
  );
});
