import fc from 'fast-check';
import {
  brokerOptions,
  findOption,
  type Option,
  options,
  removedOptions,
} from '../../../server/qpidd-conf/catalogue';
import { anyEdges, edgesOf, plainOf } from './values';
import { damagedFile, longFile, wholeFile } from './whole-files';

/**
 * Whole files, weighted to the edges: of the grammar, of every value type, and of what several settings mean
 * together. Most lines are in order, so that what comes after the parser is reached as well.
 */

/** What a Linux broker with ha.so, amqp.so and linearstore.so knows; but `--config` hides what a file says of it. */
const known: readonly Option[] = brokerOptions.filter(
  ({ module, name }) => module !== 'legacystore.so' && name !== 'config',
);

/** Settings that decide about a start together. */
const company: readonly (readonly string[])[] = [
  [
    'ha-cluster',
    'ha-queue-replication',
    'ha-brokers-url',
    'ha-public-url',
    'mgmt-enable',
    'ha-replicate',
    'mgmt-qmf2',
  ],
  ['default-flow-stop-threshold', 'default-flow-resume-threshold', 'default-event-threshold-ratio'],
  ['listen-disable', 'ssl-cert-db', 'socket-fd', 'transport', 'port', 'daemon', 'interface', 'ssl-port'],
  ['no-data-dir', 'data-dir', 'store-dir', 'no-module-dir', 'load-module', 'paging-dir', 'efp-partition'],
  ['load-module', 'no-module-dir', 'module-dir', 'ha-cluster', 'queue-patterns', 'truncate'],
  ['log-enable', 'log-disable', 'log-to-stderr', 'log-to-file', 'trace', 'log-to-syslog', 'syslog-facility'],
  [
    'efp-partition',
    'efp-file-size',
    'wcache-page-size',
    'wcache-num-pages',
    'tpl-wcache-page-size',
    'tpl-wcache-num-pages',
  ],
  [
    'auth',
    'sasl-config',
    'acl-file',
    'max-connections',
    'connection-limit-per-user',
    'connection-limit-per-ip',
  ],
  ['daemon', 'wait', 'check', 'quit', 'kill', 'pid-dir', 'pidfile', 'close-fd', 'transport'],
];

const digits = fc.tuple(
  fc.constantFrom('', '', '-', '+', '0', '00'),
  fc.oneof(
    fc.bigInt({ min: 0n, max: 100n }),
    fc
      .constantFrom(15n, 16n, 31n, 32n, 63n, 64n)
      .chain((bits) => fc.bigInt({ min: -2n, max: 2n }).map((by) => 2n ** bits + by)),
  ),
);

const someInteger = digits.map(([sign, number]) => sign + number);

const someDuration = fc
  .tuple(
    fc.constantFrom('', '', '-', '+'),
    fc.oneof(
      fc.stringMatching(/^[0-9]{0,3}\.?[0-9]{0,3}$/),
      fc.stringMatching(/^0[xX][0-9a-f]{0,2}\.?[0-9a-f]?$/),
      fc.constantFrom('inf', 'nan', 'INFINITY', 'Nan'),
    ),
    fc.constantFrom('', '', 'e1', 'E-2', 'e', 'e+', 'p1', 'P-3', 'p'),
    fc.constantFrom('', 's', 'ms', 'us', 'ns', 'm', 'S', 'sx', ' s'),
  )
  .map((parts) => parts.join(''));

const someUrl = fc
  .tuple(
    fc.constantFrom('', '', 'amqp:', 'amqp://'),
    fc.constantFrom('', '', 'u/p@', 'u:p@', 'u@', '/p@', '%41/b@'),
    fc.array(
      fc
        .tuple(
          fc.constantFrom('', '', 'tcp:', 'ssl:', 'rdma:', 'x:', 'Tcp:'),
          fc.constantFrom(
            'h',
            'h1.example-x_y~z',
            '[::1]',
            '1.2.3.4',
            '[fe80::1',
            '%41b',
            'tcp',
            '',
            'h h',
            '::1',
          ),
          fc.constantFrom('', '', ':5672', ':0', ':65535', ':65536', ':', ':x', ':-1', ':1:2'),
        )
        .map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom(',', ',', ', ', ';', ',,'),
  )
  .map(([scheme, login, members, comma]) => scheme + login + members.join(comma));

const somePattern = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '.',
      '*',
      '[',
      ']',
      '^',
      '$',
      '\\(',
      '\\)',
      '\\{',
      '\\}',
      '1',
      ',',
      '2',
      '-',
      '\\1',
      '[:',
      ':]',
      'alpha',
      '\\|',
      '\\+',
      '\\',
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.join(''));

const someLogRule = fc
  .tuple(
    fc.constantFrom('', '', '!', '!!'),
    fc.constantFrom(
      'info',
      'debug',
      'trace',
      'notice',
      'warning',
      'error',
      'critical',
      'warn',
      '',
      'Info',
      'crit',
    ),
    fc.constantFrom('', '+', '-', '++', '+-', ' +'),
    fc.constantFrom('', '', ':', ':HA', ':Broker', ':brokr', '::', ':a:b'),
  )
  .map((parts) => parts.join(''));

function madeFor(option: Option): fc.Arbitrary<string> {
  switch (option.type.kind) {
    case 'integer':
      return option.name === 'worker-threads' || option.name === 'efp-partition'
        ? fc.constantFrom(...edgesOf(option))
        : someInteger;
    case 'duration':
      return someDuration;
    case 'url':
      return someUrl;
    case 'pattern':
      return somePattern;
    case 'log-rule':
      return someLogRule;
    default:
      return fc.constantFrom(...edgesOf(option));
  }
}

function someValue(option: Option): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom(...plainOf(option)) },
    { weight: 7, arbitrary: fc.constantFrom(...edgesOf(option)) },
    { weight: 3, arbitrary: madeFor(option) },
    { weight: 1, arbitrary: fc.constantFrom(...anyEdges) },
    { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
  );
}

function settingOf(among: readonly Option[]): fc.Arbitrary<string> {
  return fc
    .constantFrom(...among)
    .chain((option) => someValue(option).map((value) => `${option.name}=${value}`));
}

const junk = fc.constantFrom(
  ...[
    '',
    ' ',
    '\t',
    '# c',
    '  # c',
    '\t#',
    '\r',
    ' \r',
    '\f',
    '\v',
    '\u00a0',
    '#port=x',
    '=',
    '=x',
    ' =x',
    '#=',
    '; c',
    '// c',
    '[x]',
  ],
  ...[
    '[a=b]',
    'auth',
    'port',
    'key: v',
    '<<<<<<< a',
    '=======',
    '\0',
    '\ufeff',
    '\u200b',
    'x',
    'cluster-name=x',
    'max-iothreads=3',
  ],
  ...[
    'num-jfiles=8',
    'no-such-option=1',
    'install=no',
    'log-to-eventlog=no',
    'p=1',
    '-p=1',
    'por=1',
    'a#b=c',
    '#\r',
    '\r#',
    'ssl-cert-store=My',
  ],
  ...options.flatMap((option) => (known.includes(option) ? [] : [`${option.name}=1`])),
  ...removedOptions.map(({ name }) => `${name}=yes`),
);

/** What a slip of the hand makes of a line `key=value`. */
const slip = fc.constantFrom<(line: string) => string>(
  (line) => line.replace('=', '= '),
  (line) => `${line} `,
  (line) => `${line}\t`,
  (line) => `${line}\r`,
  (line) => `${line} # c`,
  (line) => `${line}#c`,
  (line) => line.replace('=', '=#'),
  (line) => line.replace('=', '=\t'),
  (line) => line.replace('=', '=\r'),
  (line) => `#${line}`,
  (line) => ` \t#${line}`,
  (line) => line.replace('=', ' ='),
  (line) => ` ${line}`,
  (line) => `\t${line}`,
  (line) => `\u00a0${line}`,
  (line) => `\ufeff${line}`,
  (line) => `\r${line}`,
  (line) => line.replace('=', '=='),
  (line) => line.replace('=', ''),
  (line) => line.replace('=', ':'),
  (line) => line.replace('=', '\f='),
  (line) => line.replace('=', '=\f'),
  (line) => `${line}\v`,
  (line) => `${line}\u00a0`,
  (line) => `--${line}`,
  (line) => line.toUpperCase(),
  (line) => line.slice(1),
  (line) => line.replace('-', '_'),
  (line) => line.replace('=', '#='),
  (line) => `${line}\\`,
  (line) => `${line}\0`,
  (line) => line.replace('=', '\0='),
  (line) => `${line}\n${line}`,
);

function lineOf(among: readonly Option[]): fc.Arbitrary<string> {
  const setting = settingOf(among);
  return fc.oneof(
    { weight: 40, arbitrary: setting },
    { weight: 3, arbitrary: fc.tuple(setting, slip).map(([line, make]) => make(line)) },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constantFrom('', '# c') },
  );
}

const lines = fc.oneof(
  // One odd line says most: among several, a refusal of one hides what the others do.
  { weight: 2, arbitrary: lineOf(known).map((line) => [line]) },
  { weight: 3, arbitrary: fc.array(lineOf(known), { maxLength: 5 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...company).chain((names) => {
      const among = names.flatMap((name) => findOption(name) ?? []);
      return fc.array(lineOf(among), { minLength: 1, maxLength: 5 });
    }),
  },
);

const someLines: fc.Arbitrary<Buffer> = fc
  .tuple(
    lines,
    fc.constantFrom('\n', '\n', '\n', '\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n', '\n\r\n'),
    fc.constantFrom('\n', '\n', '', '\r', '\n\n', '\n '),
    fc.constantFrom<BufferEncoding>(
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'latin1',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf16le',
    ),
    fc.constantFrom('', '', '', '', '', '', '', '', '', '', '', '', '', '', '\ufeff', '\0'),
  )
  .map(([several, end, last, encoding, mark]) => Buffer.from(mark + several.join(end) + last, encoding));

/** The bytes of a file. */
export const anyFile: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 10, arbitrary: someLines },
  { weight: 4, arbitrary: wholeFile(lineOf(known)) },
  { weight: 1, arbitrary: damagedFile },
  { weight: 1, arbitrary: longFile },
);

/** Every edge of the value of every option, alone in a file, and every name that no broker of today knows. */
export function everySingle(): readonly Buffer[] {
  const names = [...options, ...removedOptions].map(({ name }) => name);
  const foreign = names.filter((name) => name !== 'config' && !known.some((option) => option.name === name));
  const lines = [
    ...known.flatMap((option) => edgesOf(option).map((value) => `${option.name}=${value}`)),
    ...foreign.flatMap((name) => [`${name}=1`, `${name}=`]),
  ];
  return lines.map((line) => Buffer.from(`${line}\n`));
}
