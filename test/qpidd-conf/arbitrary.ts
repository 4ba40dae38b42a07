import { options, removedOptions } from '../../server/qpidd-conf/catalogue';
import fc from '../support/fast-check';

/** Texts that resemble configurations: names of options, real and damaged, values of all sorts, and noise. */

const names = [...options, ...removedOptions].map(({ name }) => name);

const damaged = fc
  .tuple(fc.constantFrom(...names), fc.nat(), fc.constantFrom('', 'x', '_', '-', '='))
  .map(([name, at, by]) => name.slice(0, at % name.length) + by + name.slice((at % name.length) + 1));

const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('auth', 'port', 'ha-cluster', 'ha-brokers-url', 'log-enable', 'check'),
  },
  { weight: 1, arbitrary: damaged },
  { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => name.toUpperCase()) },
  { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => `--${name}`) },
);

const value = fc.oneof(
  fc.constantFrom('yes', 'no', 'y', 'YES', '', '"yes"', 'enabled', '1', '0', '2'),
  fc.constantFrom(
    '5672',
    '-1',
    '65535',
    '70000',
    '0x10',
    '100M',
    '1,000',
    '"5"',
    '-',
    '99999999999999999999',
  ),
  fc.constantFrom('10', '5 s', '10S', '1m', 'inf', 'nan', '0.5', '500ms', '-1', '1e10'),
  fc.constantFrom(
    'none',
    'h1,h2',
    'amqp://h1',
    'h1, h2',
    'h1;h2',
    '::1',
    'amqps:h1',
    'None',
    'u/p@h',
    'h:70000',
  ),
  fc.constantFrom(
    'info+',
    'info+,debug+:HA',
    'warn+',
    'debug+:Brokr',
    'Info',
    'warn+:Brokr',
    'info+,debug+:Brokr',
  ),
  fc.constantFrom(
    'all',
    'All',
    'tcp',
    'TCP',
    'tcp,ssl',
    'amqp1.0,amqp0-10',
    'LOCAL_0',
    'lo,eth0',
    '[::1',
    '[a',
    '\\(',
  ),
  fc.constantFrom(
    'ha.so',
    'ha',
    'acl.so',
    '/usr/lib64/qpid/daemon/ha.so',
    '"/x/ha.so"',
    '/x/y.so',
    'a b',
    "'a'",
  ),
  fc.string({ maxLength: 8 }),
);

const setting = fc
  .tuple(
    fc.constantFrom('', '', '', '', ' ', '\t', '\u00a0', ';', '//', '# '),
    key,
    fc.constantFrom('=', '=', '=', '=', ' = ', ': ', ' ', ' =', '= ', ''),
    value,
    fc.constantFrom('', '', '', ' # c', '#c', ' ', '\r', '\\', '\r\r'),
  )
  .map((parts) => parts.join(''));

const noise = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\r',
    '  \r',
    '\f',
    '\u200b',
    '[broker]',
    '[a=b]',
    '=',
    '=x',
    '=======',
    '<<<<<<< a',
  ),
  fc.constantFrom(
    'a#b=c',
    'auth',
    'port',
    'port # =1',
    '# comment',
    '\t# c\r',
    'key: value',
    '\0',
    '\0\0\0\x01',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const line = fc.oneof({ weight: 4, arbitrary: setting }, { weight: 1, arbitrary: noise });

export const anyConf = fc
  .tuple(
    fc.constantFrom('', '', '', '', '', '\ufeff', '\u00ef\u00bb\u00bf', '\ufeff\ufeff'),
    fc.array(line, { maxLength: 8 }),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([mark, lines, lineEnd, ended]) => mark + lines.join(lineEnd) + (ended ? lineEnd : ''));

/** Whether a file counts as binary depends on how many of these it has, so that any change may tip the balance. */
export const control = /[\0-\x08\x0e-\x1f\x7f]/;

/** Files about HA, whose settings the rules look at together. */
const haSettings: Readonly<Record<string, readonly string[]>> = {
  'ha-cluster': ['yes', 'yes', 'yes', 'no', 'y', ''],
  'ha-queue-replication': ['yes', 'yes', 'no', '"yes"'],
  'ha-brokers-url': [
    'n1,n2',
    'n1',
    'none',
    'n1,n2,N1:5672',
    'ssl:n1,ssl:n2',
    'ssl:n1,ssl:n1:5671',
    'ssl:[::1],n2, ssl:n3',
    'amqp://u/p@n1,localhost',
    'tpc:5672,n2',
    'n1 n2',
  ],
  'ha-public-url': ['vip', 'ssl:vip', 'none', 'ssl:a, b'],
  'known-hosts-url': ['vip', 'none', 'ssl:n1', 'ssl:n1 n2'],
  'ha-replicate': ['all', 'none', 'All'],
  'ha-username': ['u', '"u"', 'u@QPID', '"u@QPID"', 'u/v', ''],
  'ha-password': ['u', '"u"', 'p=q', 'p:q', 'p#q', ''],
  'ha-mechanism': ['PLAIN', '"PLAIN"', 'ANONYMOUS', 'DIGEST-MD5', ''],
  'ha-backup-timeout': ['0', '10', '600', '0 s', '10min', '-1'],
  'ha-flow-bytes': ['0', '10', '"10"', '-1'],
  'ha-flow-messages': ['0', '1', '1000'],
  'link-heartbeat-interval': ['10', '10s', '5 s', '1min', '0', '0.5', '500ms', '120', 'inf', 'infs'],
  'link-maintenance-interval': ['0', '1', '60', '1 min'],
  'link-maintenace-interval': ['60'],
  auth: ['yes', 'no', 'n', ''],
  'no-auth': ['yes', 'no', ''],
  realm: ['QPID', 'EAST', '"QPID"'],
  'acl-file': ['a.acl', '"a.acl"', '/etc/a.acl', '"/etc/a.acl"', '', '""'],
  'mgmt-enable': ['yes', 'no'],
  'mgmt-qmf2': ['yes', 'no', '"no"'],
  protocols: ['amqp1.0', 'AMQP1.0', 'amqp1.0,amqp0-10', '"amqp1.0"', 'amqp0-10', 'amqp', ''],
  'require-encryption': ['yes', 'no', 'y'],
  'max-connections': ['1', '500', '0', '-1', '"2"'],
  'connection-limit-per-user': ['1', '50'],
  'max-connections-per-ip': ['1', '2'],
  port: ['5672', '5673', '0', '"5673"'],
  'ssl-port': ['5671', '5672', '5771', '0'],
  'ssl-cert-db': ['/etc/pki', ''],
  truncate: ['yes', 'no'],
  'no-data-dir': ['yes', 'no'],
  'store-dir': ['/srv', ''],
  'load-module': ['ha.so', '/m/linearstore.so', '/m/legacystore.so', '"/m/legacystore.so"', '/m/acl.so'],
  'log-prefix': ['a=b', '"a=b"', 'a'],
};

const haLine = fc
  .constantFrom(...Object.entries(haSettings))
  .chain(([name, values]) =>
    fc
      .tuple(
        fc.constantFrom('', '', '', '', '', '', '--', ' '),
        fc.constantFrom('=', '=', '=', '=', '=', '=', ' = ', ' '),
        fc.constantFrom(...values),
        fc.constantFrom('', '', '', '', ' # c'),
      )
      .map(([before, sign, text, after]) => `${before}${name}${sign}${text}${after}`),
  );

export const haConf = fc
  .tuple(
    fc.constantFrom('ha-cluster=yes', 'ha-cluster=yes', 'ha-queue-replication=yes', 'auth=no'),
    fc.array(haLine, { maxLength: 9 }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([mode, lines, lineEnd]) => [mode, ...lines, ''].join(lineEnd));
