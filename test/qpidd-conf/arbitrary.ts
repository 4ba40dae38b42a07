import fc from 'fast-check';
import { options, removedOptions } from '../../server/qpidd-conf/catalogue';

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
