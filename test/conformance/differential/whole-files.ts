import fc from 'fast-check';

/**
 * Files as people have them: a heading, paragraphs of settings and comments, dozens of lines, most of them in
 * order; and files that something has happened to.
 */

/** Lines that go well together, for all that a broker does. Paths are those of the scratch folder (broker.ts). */
const paragraphs: readonly (readonly string[])[] = [
  ['port=5672', 'worker-threads=3', 'max-connections=1000', 'connection-backlog=50', 'tcp-nodelay=yes'],
  ['auth=no', 'realm=QPID', 'sasl-service-name=amqp', 'acl-file=acl.txt'],
  ['auth=yes', 'sasl-config=sasl', 'realm=EAST', 'require-encryption=no'],
  ['data-dir=dir', 'paging-dir=other', 'store-dir=dir', 'efp-partition=1', 'wcache-page-size=32'],
  ['no-data-dir=yes', 'store-dir=other', 'truncate=no', 'journal-flush-timeout=500ms'],
  ['log-enable=info+', 'log-enable=debug+:HA', 'log-to-syslog=no', 'log-time=yes', 'log-prefix=a b'],
  ['log-to-file=log.txt', 'log-to-stderr=no', 'log-disable=debug-:Model', 'log-source=yes'],
  ['mgmt-enable=yes', 'mgmt-pub-interval=10', 'mgmt-qmf1=no', 'mgmt-qmf2=yes', 'mgmt-publish=yes'],
  ['ha-cluster=yes', 'ha-brokers-url=amqp:127.0.0.1:5998,127.0.0.1:5999', 'ha-replicate=all'],
  ['ha-queue-replication=yes', 'ha-username=u', 'ha-password=p', 'ha-mechanism=PLAIN'],
  ['ha-backup-timeout=20', 'ha-flow-messages=100', 'ha-flow-bytes=0', 'ha-public-url=vip:5672'],
  ['link-heartbeat-interval=10', 'link-maintenance-interval=0.5', 'federation-tag=east'],
  ['default-queue-limit=104857600', 'default-flow-stop-threshold=90', 'default-flow-resume-threshold=60'],
  ['queue-patterns=q[0-9]*', 'queue-patterns=orders', 'topic-patterns=t.*', 'domain=example.org'],
  ['no-module-dir=yes', 'load-module=lib/qpid/daemon/ha.so', 'load-module=lib/qpid/daemon/amqp.so'],
  ['no-module-dir=yes', 'load-module=lib/qpid/daemon/linearstore.so', 'store-dir=dir'],
  ['interface=lo', 'interface=127.0.0.2', 'listen-disable=ssl', 'protocols=amqp0-10', 'protocols=amqp1.0'],
  ['ssl-port=5671', 'ssl-cert-name=node', 'ssl-require-client-authentication=no', 'known-hosts-url=none'],
  ['pid-dir=.', 'wait=30', 'transport=tcp', 'dtx-default-timeout=60', 'session-max-unacked=100'],
];

const comments = fc.constantFrom(
  '#',
  '# a comment',
  '#####',
  '# port=1',
  '\t# x=y # z',
  '# \u00e4\u00f6\u00fc \u2713',
  '# qpidha: broker 1.40',
);

const someLine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...paragraphs).chain((lines) => fc.subarray([...lines], { minLength: 1 })),
  },
  { weight: 3, arbitrary: comments.map((line) => [line]) },
  { weight: 3, arbitrary: fc.constantFrom('', '', ' ', '\t').map((line) => [line]) },
);

/** @param odd any line at all, of which a file has few. */
export function wholeFile(odd: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  return fc
    .tuple(
      fc.array(someLine, { minLength: 3, maxLength: 14 }),
      fc.array(fc.tuple(fc.nat(), odd), { maxLength: 2 }),
      // An option twice is fatal, and mostly the only thing to see then.
      fc.constantFrom(true, true, true, false),
      fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\r\n'),
    )
    .map(([groups, odds, once, end]) => {
      const lines = once ? withoutDuplicates(groups.flat()) : groups.flat();
      for (const [at, line] of odds) lines.splice(at % (lines.length + 1), 0, line);
      return Buffer.from(lines.join(end) + end);
    });
}

const repeatable = /^(?:log-enable|log-disable|interface|protocols|queue-patterns|load-module)=/;

function withoutDuplicates(lines: readonly string[]): string[] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const key = repeatable.test(line) ? line : line.replace(/=.*/, '=');
    if (!key.includes('=') || key.trimStart().startsWith('#')) return true;
    return !seen.has(key) && seen.add(key);
  });
}

const sane = fc.constantFrom(...paragraphs).map((lines) => withoutDuplicates(lines).join('\n'));

/** Bytes put into a file, or in the place of others; cut off; in another encoding. */
export const damagedFile: fc.Arbitrary<Buffer> = fc
  .tuple(
    sane,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.oneof(
          fc.nat({ max: 255 }),
          fc.constantFrom(0, 9, 10, 13, 32, 35, 61, 92, 127, 160, 173, 191, 239, 255),
        ),
        fc.boolean(),
      ),
      { maxLength: 3 },
    ),
    fc.constantFrom<Damage>('none', 'none', 'none', 'cut', 'utf16le', 'utf16be', 'padded', 'twice'),
  )
  .map(([text, bytes, damage]) => {
    let file = Buffer.from(`${text}\n`);
    for (const [at, byte, instead] of bytes) {
      const place = at % file.length;
      file = Buffer.concat([
        file.subarray(0, place),
        Buffer.from([byte]),
        file.subarray(place + (instead ? 1 : 0)),
      ]);
    }
    return damaged(file, damage);
  });

type Damage = 'none' | 'cut' | 'utf16le' | 'utf16be' | 'padded' | 'twice';

function damaged(file: Buffer, damage: Damage): Buffer {
  switch (damage) {
    case 'none':
      return file;
    case 'cut':
      return file.subarray(0, Math.max(1, Math.floor(file.length * 0.6)));
    case 'utf16le':
      return Buffer.from(`\ufeff${file.toString('latin1')}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\ufeff${file.toString('latin1')}`, 'utf16le').swap16();
    case 'padded':
      return Buffer.concat([file, Buffer.alloc(40)]);
    case 'twice':
      return Buffer.concat([file, file]);
  }
}

/** One line of tens of thousands of characters: a name, a value, a comment, blanks. */
export const longFile: fc.Arbitrary<Buffer> = fc
  .tuple(
    sane,
    fc.integer({ min: 1, max: 90_000 }),
    fc.constantFrom<(fill: string) => string>(
      (fill) => `log-prefix=${fill}`,
      (fill) => `ha-username=${fill}`,
      (fill) => `federation-tag=${fill}`,
      (fill) => `# ${fill}`,
      (fill) => `log-prefix=x # ${fill}`,
      (fill) => `${fill}=1`,
      (fill) => `port=${fill}`,
      (fill) => `known-hosts-url=${fill}`,
      (fill) => `queue-patterns=${fill}`,
      (fill) => `log-enable=info+:${fill}`,
      (fill) => `log-prefix=${' '.repeat(fill.length)}x`,
      (fill) => ' '.repeat(fill.length),
      (fill) => `port=${'0'.repeat(fill.length)}5672`,
      (fill) => `link-heartbeat-interval=${'0'.repeat(fill.length)}.5`,
      (fill) => `${fill}`,
    ),
    fc.constantFrom('a', 'a', '\u00e4', 'a.', 'a,'),
  )
  .map(([text, length, make, fill]) => Buffer.from(`${text}\n${make(fill.repeat(length))}\n`));
