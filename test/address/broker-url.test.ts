import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBrokerUrl } from '../../server/address/broker-url';
import fc from '../support/fast-check';

/** Accepted by the broker's parser, with the members it makes of them. */
const accepted: readonly [url: string, members: string][] = [
  ['node1', 'tcp node1 5672'],
  ['node1:5673', 'tcp node1 5673'],
  ['tcp:node1', 'tcp node1 5672'],
  ['amqp:node1', 'tcp node1 5672'],
  ['amqp:tcp:h1:5672,h2', 'tcp h1 5672, tcp h2 5672'],
  ['ssl:h1:5671,h2:5671', 'ssl h1 5671, tcp h2 5671'],
  ['ssl:h1', 'ssl h1 5672'],
  ['[::1]:5672', 'tcp ::1 5672'],
  ['[::1]', 'tcp ::1 5672'],
  ['tpc:5672', 'tcp tpc 5672'],
  ['user/pass@node1', 'tcp node1 5672'],
  ['user:pass@node1', 'tcp node1 5672'],
  ['node1:0080', 'tcp node1 80'],
  ['a%20b', 'tcp a%20b 5672'],
  // Oddities of the recursive descent: a failed rule leaves the characters consumed that it has read.
  ['a%', 'tcp a% 5672'],
  ['a%4', 'tcp a%4 5672'],
  ['[zz', 'tcp zz 5672'],
  ['node1\0 anything', 'tcp node1 5672'],
  ['amqp:5672', 'tcp 5672 5672'],
];

for (const [url, members] of accepted) {
  test(`accepts ${JSON.stringify(url)}`, () => {
    const result = parseBrokerUrl(url);
    assert.ok(result.ok);
    const seen = result.url.members.map(({ transport, host, port }) => `${transport} ${host} ${port}`);
    assert.equal(seen.join(', '), members);
  });
}

const rejected: readonly [url: string, offset: number, reason: RegExp][] = [
  ['', 0, /empty/],
  ['amqp://h1', 5, /no "\/\/"/],
  ['amqps:h1', 6, /port number/],
  ['h1, h2', 3, /blanks/],
  ['h1 ,h2', 2, /blanks/],
  ['h1,', 3, /last comma/],
  ['h1;h2', 2, /separated by ","/],
  ['h1:70000', 3, /above 65535/],
  ['h1:', 3, /port number/],
  ['h1:port', 3, /port number/],
  ['::1:5672', 0, /cannot start with ":"/],
  ['h1/path', 2, /no path/],
  ['rdma:h1', 5, /port number/],
  ['amqp:amqp:h1', 10, /port number/],
  ['AMQP:h1', 5, /port number/],
  ['a%zz', 2, /not allowed/],
  ['[::1', 4, /brackets|IPv6/],
];

for (const [url, offset, reason] of rejected) {
  test(`refuses ${JSON.stringify(url)} where it goes wrong`, () => {
    const result = parseBrokerUrl(url);
    assert.ok(!result.ok);
    assert.match(result.reason, reason);
    assert.equal(result.offset, offset);
  });
}

test('a transport tag counts only where the broker has that transport', () => {
  const result = parseBrokerUrl('rdma:h1', new Set(['tcp', 'ssl', 'rdma']));
  assert.ok(result.ok);
  assert.equal(result.url.members[0]?.transport, 'rdma');
});

test('no text makes it throw, and members lie inside the text in order', () => {
  const urlish = fc.string({ unit: fc.constantFrom(...'amqp:tcpsl,@/[]%.-_~0123456789 ;h\0') });
  fc.assert(
    fc.property(urlish, (url) => {
      const result = parseBrokerUrl(url);
      if (!result.ok) return assert.ok(result.offset >= 0 && result.offset <= url.length);
      let previous = 0;
      for (const { start, end } of result.url.members) {
        assert.ok(previous <= start && start < end && end <= url.length);
        previous = end;
      }
    }),
    { numRuns: 2000 },
  );
});
