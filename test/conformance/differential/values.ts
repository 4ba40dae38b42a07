import type { Option } from '../../../server/qpidd-conf/catalogue';

/** Texts at and around the edges of each value type. The first of a list is the plainest: counterexamples shrink to it. */

const booleans = words(
  'yes no true false on off 1 0 YES No tRue OFF y n t f 2 -1 01 enable yes; "yes" \'no\' yes,no +1 0x1 yes\\',
).concat('', 'yes no', '\u00a0yes', 'yes\f', 'yes\0', '=yes', 'yеs');

const integers = words(
  '1 0 5 -1 +1 -0 +0 007 -007 80 70 79 100 101 4 64 2 65534 65535 65536 -65534 -65535 -65536 65530 65531 ' +
    '2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296 -4294967295 -4294967296 ' +
    '9223372036854775807 9223372036854775808 18446744073709551615 18446744073709551616 -18446744073709551615 ' +
    '1e3 0x10 10M 10k 1.5 1.0 1. .5 abc 1,000 "5" ١ --1 ++1 +-1 + - 99999999999999999999999 0b1 1_0 inf nan 10s 5; 1\\ ' +
    '000000000000000000000000000000000000001',
).concat('', '- 1', '+ 1', '1 2', '5\f', '5\v', '\u00a05', '=5', '5\0', '\x005');

const durations = words(
  '10 0 10s 5ms 7us 3ns 1m 1h 1d 10S 5MS inf nan -1 -1s 0x10 1e1 .5 5. 5.s . 1e 1e+ 1e+1 1e1s s ms infinity INF NaN ' +
    'nan(1) nan() nan(1)s nan(x-y) nan(a_1)ms nanx 0x 0xs 0x1p3 0x1p3s 0x1p 0x1ps 0x.8 0x. 0x1.8ms +5 +-5 -.5 - + ' +
    '1e400 1e-400 1e400s 1e-400s 5sec 1,5 10ss 10sms infs -infms infinitys infinit 1E5us 99999999999999 1e18 1e300 -1e300ns 10µs ' +
    '5m 5u 5n 5mss 0x1s 0x1e1 00010 1_0 "10" 10\\ 1e1e1 1.5.2 0x1P-2us 4.9e-324 1.8e308 1.7e308ms 1e309ns 10m s',
).concat(
  '',
  '5 s',
  '5\ts',
  '10 ',
  '\u00a05',
  '5\f',
  '\f5',
  '\v5s',
  '=5',
  '5\0',
  '5s\0',
  'nan( )',
  '5s 3',
  '10s#',
);

const urls = words(
  'h1 h1:5672 amqp:h1 none h1,h2 amqp://h1 ssl:h1:5671 tcp:h1,h2 h1, h1;h2 ,h1 h1,,h2 h1:70000 [::1]:5672 [::1] ::1 ' +
    'user/p@h1 user:p@h1 u@h1 h1: tpc:5672 rdma:h1 a% a%zz a%4 %41 amqps:h1 None NONE h1/x none,none [zz [zz] [] - _ ~ @h ' +
    'a@b@c u:p@h:1 u/p@tcp:h:1 tcp: tcp:tcp:h ssl: amqp: amqp:amqp:h AMQP:h TCP:h h\\x h1:005672 h1:65535 h1:65536 h1:-1 h1:+1 ' +
    'h1:0 h1:1e3 tcp:[::1]:1 [::1%lo] [1.2.3.4] 1.2.3.4:1 h1:5672:5 amqp:u/p@h amqp:u/@h u/p/q@h u:p:q@h 01h é hé h! h*:1 [::1]x ' +
    'amqp:none none: :5672 h1:0000000000005672 tcp:1 ssl:ssl tcp:tcp x:y:1 h1,tcp:h2:3,ssl:[::2] "h1" u%40v/p@h u/p%2Fq@h u/é@h',
).concat('', 'h1, h2', 'h1 ,h2', 'h1\t', 'h 1', '=h1', 'h1\0', 'h1\f', 'none ', '\u00a0h1');

const logRules = words(
  'info+ debug notice- notic+ + - info+: info:foo warning++ error+:a:b critical- ! !! !!info !debug+:HA debug+:HA trace+:qpid::ha ' +
    'INFO+ info+- info-+ critical !critical error-:Model info+:^x info+:[ info+:* info* info,debug info+,debug+ debug+:Brokr ' +
    'info+;HA !+ !: : :HA +: info: warn+ "info+" =info+ info+:é éinfo none all off trace+:Broker !trace+:Broker info+:Security:x',
).concat('', 'info +', 'info+\0', 'info\0x+', 'info+ debug', '! info', 'info\f', '\0');

const patterns = words(
  'q.* a(b [ * a|b a\\ (?:x) x{2 x\\{2 x\\{2\\} x\\{2,1\\} x\\{1,2\\} \\{1\\} a** + ? a+? ) \\( \\) \\(\\) \\(a\\)\\1 \\1 \\2 \\(a\\)\\2 (() [z-a] ' +
    '[a-z] [[:alpha:]] [[:foo:]] [[.x.]] [[.xx.]] [[=a=]] [[=ab=]] [] []a] [^]a] [a [^ [^] [a-] [-a] [a-b-c] [--/] ^x$ ^* \\(*a\\) a\\{ a\\{x\\} ' +
    'a\\{99999\\} a\\{32767\\} a\\{32768\\} a\\{,2\\} a\\{2,\\} a\\{2,3 a\\{1\\}\\{2\\} a*\\{2\\} \\Q \\x \\w \\b \\< \\> \\` \\+ a\\+ a\\? a\\|b \\| x\\| \\(^a\\) \\(a$\\) $a a^ ' +
    '[[:alpha:] [[:alpha [[. [[= [[.-.]-z] [a-[:digit:]] [\\] [\\n] \\0 \\9 é [é] [à-é]',
).concat('', 'a b', 'a\0b', '[\0]', '[ -~]', '\\');

const texts = words('x a=b = "q" $HOME ~ none é ÿ x; \\ x\\ - -- 1 yes %s $(x) `x` <x>').concat(
  '',
  'a b',
  'a\tb',
  '\x01',
  'a\0b',
  '\0',
  '\f',
  '\u00a0',
  'x\u2028y',
  'a'.repeat(5000),
);

/** Paths exist, or do not, in the scratch folder that a broker runs in (see broker.ts). */
const paths = words('dir file missing missing/deep . / dir/ file/ "dir" ~ $HOME dir;').concat(
  '',
  'a b',
  'dir\0x',
);

/**
 * No module that exists is named without its folder: a broker fresh from its build searches the build tree, an
 * installed one does not.
 */
const modules = words(
  'lib/qpid/daemon/ha.so lib/qpid/daemon/ha lib/qpid/daemon/amqp.so lib/qpid/daemon/linearstore ha acl.so libx.so ' +
    'lib/qpid/daemon/acl.so lib/qpid/daemon/missing.so "lib/qpid/daemon/ha.so" lib/qpid/daemon ./ha.so x xy xyz .so /.so dir file',
).concat('', 'ha.so amqp.so', 'lib/qpid/daemon/ha.so,lib/qpid/daemon/amqp.so');

/** Threads are real: a large number measures the machine. Otherwise as any integer. */
const fewThreads = integers.filter((text) => !(Math.abs(Number(text)) > 200) || Number(text) > 2 ** 32);

const special: Readonly<Record<string, readonly string[]>> = {
  'load-module': modules,
  'module-dir': words('lib/qpid/daemon lib/qpid/daemon/ other missing "lib/qpid/daemon" file').concat(''),
  'worker-threads': fewThreads,
  interface: words(
    'lo 127.0.0.1 ::1 [::1] localhost 0.0.0.0 :: eth9 no.such.invalid 127.0.0.1,lo lo,lo "lo" 127.0.0.1:5672 [::1]:5672 [::1 ::1] ' +
      '127.0.0.1/8 127.0.0.2 10.9.8.7 lo; * 127.1 0x7f000001 lo:1 =lo [] [lo]',
  ).concat('', 'lo lo', 'lo\0', '\u00a0lo'),
  transport: words('tcp ssl socket udp TCP amqp rdma tcp,ssl tcp; "tcp" =tcp').concat('', 'tcp ssl'),
  'listen-disable': words('ssl tcp TCP tcp,ssl amqp socket "tcp" =tcp').concat('', 'tcp ssl', 'tcp\0'),
  protocols: words('amqp0-10 amqp1.0 AMQP1.0 amqp1.0,amqp0-10 amqp0.10 foo "amqp1.0" amqp').concat(
    '',
    'amqp1.0 ',
  ),
  'ha-replicate': words(
    'all none configuration All NONE non all; "all" all,none messages al 1 yes =all',
  ).concat('', 'all all', 'all\0', '\u00a0all'),
  'syslog-facility': words(
    'USER user LOG_USER log_user Log_User LOG_LOG_USER LOCAL0 local7 LOCAL8 LOCAL daemon DAEMON authpriv AUTH security uucp UUCP ' +
      'ftp kern cron LPR MAIL news SYSLOG bogus LOG_ LOG "USER" 1 LOG_LOCAL3 loguser LOG-USER',
  ).concat('', 'USER\0', 'LOG USER', 'user '),
  // With the others the broker searches for ever, which takes long to see.
  'efp-partition': words(
    '1 5 50 +2 007 999 1 1 998 -65535 -65000 0 1000 65535 65536 -1 abc 1.5 99999999999',
  ).concat(''),
  'acl-file': words('acl.txt bad.acl missing dir "acl.txt" acl.txt;').concat(''),
  'sasl-config': words('sasl missing file dir "sasl"').concat(''),
  'ssl-cert-db': words('missing dir').concat(''),
  'log-to-file': words('log.txt dir missing/log.txt "x"').concat(''),
  pidfile: words('broker.pid dir missing/pid').concat(''),
};

const ofType: Readonly<Record<Option['type']['kind'], readonly string[]>> = {
  boolean: booleans,
  switch: booleans,
  integer: integers,
  duration: durations,
  enum: texts,
  url: urls,
  'log-rule': logRules,
  pattern: patterns,
  string: texts,
  path: paths,
};

/** For one option. */
export function edgesOf(option: Option): readonly string[] {
  return special[option.name] ?? ofType[option.type.kind];
}

/** So many of the edges, from the first, are accepted by every broker: for files that shall get past the parser. */
export function plainOf(option: Option): readonly string[] {
  switch (option.type.kind) {
    case 'boolean':
      return option.inFile === 'command' ? ['no'] : ['yes', 'no', '1', 'off', ''];
    case 'switch':
      return option.inFile === 'command' ? ['no'] : ['no', 'yes', '0'];
    case 'integer':
      return option.name === 'efp-partition' ? ['1', '5', '+2', '007', '999'] : ['1', '5', '50', '+2', '007'];
    case 'duration':
      return ['10', '10s', '5ms', '0.5', '1e3'];
    default:
      return edgesOf(option).slice(0, 2);
  }
}

/** Of every type, for values in the wrong place. A number of threads is never among them. */
export const anyEdges: readonly string[] = [...booleans, ...durations, ...urls, ...logRules, ...texts];

function words(text: string): readonly string[] {
  return text.split(' ');
}
