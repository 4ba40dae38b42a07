import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lint, told } from './support';

/** What is said of lines that are nearly right: one finding for each cause, and no name but a likely one. */
const unknown = 'error conf/unknown-option: The broker knows no option';

describe('a name that is no option', () => {
  for (const [line, expected] of [
    ['log-file=/var/log/qpidd.log', 'Did you mean "log-to-file"?'],
    ['session-unacked=10', 'Did you mean "session-max-unacked"?'],
    ['mgmt-interval=10', 'Did you mean "mgmt-pub-interval"?'],
    ['heartbeat-interval=10', 'Did you mean "link-heartbeat-interval"?'],
    ['log-tiem=yes', 'write "log-time".'],
    ['ha-clsuter=no', 'write "ha-cluster".'],
    ['max-conections=10', 'write "max-connections".'],
  ] as const) {
    test(`${line}: ${expected}`, () => {
      const found = lint(`${line}\n`).map(told);
      assert.equal(found.length, 1, found.join('\n'));
      assert.ok(found[0]?.startsWith(unknown) && found[0].endsWith(expected), found[0]);
    });
  }

  test('is not taken for an option that the release lacks', () => {
    const [finding] = lint('# qpidha: broker 0.22\nsession-unacked=10\n');
    assert.ok(finding?.message.endsWith('refuses to start.'), finding?.message);
  });
});

describe('a value that was meant to go on in the next line', () => {
  for (const text of [
    'known-hosts-url=a:5672,\\\n  b:5672\n',
    'known-hosts-url=a:5672,\\\r\n  b:5672\r\n',
    'worker-threads=1\\\n  6\n',
  ]) {
    test(`has one finding: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        lint(text).map(({ rule }) => rule),
        ['conf/malformed-line'],
      );
    });
  }

  test('has its own where the next line is another setting, or far away', () => {
    for (const text of [
      'worker-threads=1\\\nport=6\n',
      'worker-threads=1\\\n\n  b\n',
      '# qpidha: broker 0.14\nworker-threads=1\\\n  6\n',
    ]) {
      assert.ok(
        lint(text).some(({ rule }) => rule === 'conf/bad-integer'),
        text,
      );
    }
  });
});

test('a transport that is not there is called by that name', () => {
  const [finding] = lint('known-hosts-url=rdma:node1\n');
  assert.match(finding?.message ?? '', /the broker has no transport "rdma"/);
});

test('a number that wraps is told to its last digit', () => {
  const [finding] = lint('session-max-unacked=-1\n');
  assert.match(finding?.message ?? '', /takes -1 for 18446744073709551615 without/);
});
