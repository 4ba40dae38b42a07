import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  describeSource,
  describeValue,
  type Effective,
  effectiveSettings,
} from '../../server/qpidd-conf/effective';
import { conf } from './support';

interface Case {
  readonly title: string;
  readonly file: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Option → its values and where they come from. */
  readonly runs: Readonly<Record<string, string>>;
  readonly problem?: RegExp;
  readonly note?: RegExp;
}

/** Each was seen on a real broker. */
const cases: readonly Case[] = [
  { title: 'the file beats the default', file: 'port=26002\n', runs: { port: '26002 (line 1)' } },
  {
    title: 'the environment beats the file',
    file: 'port=26002\n',
    environment: { QPID_PORT: '26003' },
    runs: { port: '26003 (QPID_PORT)' },
  },
  {
    title: 'the command line beats the environment',
    file: 'port=26002\n',
    environment: { QPID_PORT: '26003' },
    args: ['--port', '26004'],
    runs: { port: '26004 (--port)' },
  },
  {
    title: 'the logger reads the environment before there is a command line',
    file: '# x\n',
    environment: { QPID_LOG_TIME: 'often', QPID_NO_MODULE_DIR: 'x' },
    args: ['--log-time=yes', '--no-module-dir=no'],
    runs: { 'log-time': 'yes (--log-time)' },
    problem: /^The value of log-time is refused \(QPID_LOG_TIME\)\.$/,
  },
  {
    title: 'lower-case variables are ignored',
    file: '# x\n',
    environment: { QPID_port: '1', qpid_port: '2', QPID_NO_SUCH: '3' },
    runs: { port: '5672 (default)' },
    note: /QPID_port is ignored.*QPID_PORT/,
  },
  {
    title: 'a list on the command line replaces the list of the file',
    file: 'log-enable=info+\nlog-enable=debug+:HA\n',
    args: ['--log-enable', 'error+'],
    runs: { 'log-enable': 'error+ (--log-enable)' },
    note: /replaces it as a whole, line 1, line 2 included/,
  },
  {
    title: 'a list in the environment replaces the list of the file',
    file: 'log-enable=info+\n',
    environment: { QPID_LOG_ENABLE: 'error+' },
    runs: { 'log-enable': 'error+ (QPID_LOG_ENABLE)' },
  },
  {
    title: 'a repeated list is kept in order',
    file: 'log-enable=info+\nlog-enable=debug+:HA\n',
    runs: { 'log-enable': 'info+ (line 1), debug+:HA (line 2)' },
  },
  {
    title: 'an empty boolean variable means yes',
    file: 'auth=no\n',
    environment: { QPID_AUTH: '' },
    runs: { auth: 'yes (QPID_AUTH)' },
    note: /QPID_AUTH is empty, which means yes/,
  },
  {
    title: 'an empty boolean in the file means yes',
    file: 'mgmt-qmf1=\n',
    runs: { 'mgmt-qmf1': 'yes (line 1)' },
    note: /empty in line 1/,
  },
  {
    title: 'an empty integer variable is refused',
    file: '# x\n',
    environment: { QPID_PORT: '' },
    runs: {},
    problem: /port is refused \(QPID_PORT\)/,
  },
  {
    title: 'long names may be abbreviated',
    file: '# x\n',
    args: ['--por', '1'],
    runs: { port: '1 (--por)' },
  },
  {
    title: 'an abbreviation of several is refused',
    file: '# x\n',
    args: ['--log-to-std=no'],
    runs: {},
    problem: /--log-to-std could be --log-to-stderr, --log-to-stdout/,
  },
  { title: 'case matters', file: '# x\n', args: ['--PORT=1'], runs: {}, problem: /no option --PORT/ },
  {
    title: 'unknown options are refused, and what they hold is not told',
    file: '# x\n',
    args: ['--pasword=geheim'],
    runs: {},
    problem: /^The broker knows no option --pasword\.$/,
  },
  {
    title: 'a stray word is dropped',
    file: '# x\n',
    args: ['stray'],
    runs: { port: '5672 (default)' },
    note: /belongs to no option/,
  },
  {
    title: 'a word after a flag is its value',
    file: 'no-data-dir=yes\n',
    args: ['--no-data-dir', 'no'],
    runs: { 'no-data-dir': 'no (--no-data-dir)' },
    note: /write --no-data-dir=no/,
  },
  {
    title: 'any word after a flag is its value',
    file: '# x\n',
    args: ['--tcp-nodelay', 'stray'],
    runs: {},
    problem: /tcp-nodelay is refused/,
  },
  {
    title: 'a word after a switch is dropped',
    file: '# x\n',
    args: ['--daemon', 'no'],
    runs: { daemon: 'yes (--daemon)' },
    note: /"no" after --daemon is dropped/,
  },
  {
    title: 'a value that looks like an early option is read as one before the modules are loaded',
    file: '# x\n',
    args: ['--domain', '--log-prefix'],
    runs: {},
    problem: /--log-prefix needs a value/,
  },
  {
    title: 'a flag with an equals sign is obeyed',
    file: '# x\n',
    args: ['--tcp-nodelay=no'],
    runs: { 'tcp-nodelay': 'no (--tcp-nodelay)' },
  },
  {
    title: 'other booleans take the next word',
    file: '# x\n',
    args: ['--auth', 'no'],
    runs: { auth: 'no (--auth)' },
  },
  {
    title: 'an empty value after = is refused',
    file: '# x\n',
    args: ['--auth='],
    runs: {},
    problem: /one must follow "="/,
  },
  {
    title: 'a missing value is refused',
    file: '# x\n',
    args: ['--port'],
    runs: {},
    problem: /needs a value/,
  },
  {
    title: 'a short option is no value',
    file: '# x\n',
    args: ['--port', '-p', '5'],
    runs: {},
    problem: /--port needs a value/,
  },
  {
    title: 'a long option is taken as a value',
    file: '# x\n',
    args: ['--log-prefix', '--trace'],
    runs: { 'log-prefix': '--trace (--log-prefix)', trace: 'no (default)' },
  },
  {
    title: 'short options take what touches them',
    file: '# x\n',
    args: ['-p5671'],
    runs: { port: '5671 (-p)' },
  },
  { title: 'also the equals sign', file: '# x\n', args: ['-p=5671'], runs: {}, problem: /port is refused/ },
  {
    title: 'switches stand together',
    file: '# x\n',
    args: ['-dw5'],
    runs: { daemon: 'yes (-d)', wait: '5 (-w)' },
  },
  {
    title: 'a switch takes no value',
    file: '# x\n',
    args: ['--daemon=no'],
    runs: {},
    problem: /--daemon takes no value/,
  },
  {
    title: 'a scalar may come once',
    file: '# x\n',
    args: ['--port=1', '--port=2'],
    runs: {},
    problem: /--port is given more than once/,
  },
  {
    title: 'a flag may come twice',
    file: '# x\n',
    args: ['--tcp-nodelay=no', '--tcp-nodelay'],
    runs: { 'tcp-nodelay': 'yes (--tcp-nodelay)' },
  },
  {
    title: 'nothing is read after --',
    file: '# x\n',
    args: ['--', '--bogus'],
    runs: {},
    note: /after "--" are not read|A word after "--"/,
  },
  {
    title: 'garbage in the file is hidden by the command line',
    file: 'port=abc\n',
    args: ['--port', '26001'],
    runs: { port: '26001 (--port)' },
  },
  {
    title: 'a duplicate in the file is hidden by the command line',
    file: 'port=1\nport=2\n',
    args: ['--port', '26001'],
    runs: { port: '26001 (--port)' },
  },
  {
    title: 'a duplicate in the file is refused',
    file: 'port=1\nport=2\n',
    runs: {},
    problem: /more than once \(line 1, line 2\)/,
  },
  {
    title: 'a line that is no setting cannot be hidden',
    file: 'port = 1\n',
    args: ['--port', '26001'],
    runs: { port: '26001 (--port)' },
    problem: /Line 1 is refused/,
  },
  { title: 'an unknown key cannot be hidden', file: '# x\nprot=1\n', runs: {}, problem: /Line 2 is refused/ },
  {
    title: 'without ha.so its options are unknown in a file',
    file: 'ha-cluster=no\n',
    args: ['--no-module-dir'],
    runs: {},
    problem: /Line 1 is refused/,
  },
  {
    title: 'without ha.so its variables are ignored',
    file: '# x\n',
    environment: { QPID_HA_CLUSTER: 'garbage', QPID_NO_MODULE_DIR: 'yes' },
    runs: { 'no-module-dir': 'yes (QPID_NO_MODULE_DIR)' },
  },
  {
    title: 'load-module on the command line hides those of the file',
    file: 'load-module=/usr/lib/qpid/daemon/ha.so\nno-module-dir=yes\nha-cluster=no\n',
    args: ['--load-module', '/usr/lib/qpid/daemon/amqp.so'],
    runs: {},
    problem: /Line 3 is refused/,
  },
  {
    title: 'negative numbers wrap',
    file: 'port=-39530\n',
    runs: { port: '26006 (written -39530) (line 1)' },
  },
  { title: 'a comment is cut off', file: 'log-prefix=AB#CD\n', runs: { 'log-prefix': 'AB (line 1)' } },
  { title: 'a file of no bytes is refused', file: '', runs: {}, problem: /empty/ },
  { title: 'a bad URL of a cluster that is off is not read', file: 'ha-brokers-url=a:b:c\n', runs: {} },
  {
    title: 'a bad URL of a cluster is refused, whatever switches the cluster on',
    file: 'ha-brokers-url=a:b:c\n',
    environment: { QPID_HA_CLUSTER: 'yes' },
    runs: {},
    problem: /ha-brokers-url is refused/,
  },
];

function inWords({ settings }: Effective, name: string): string {
  const values = settings.find(({ option }) => option.name === name)?.values ?? [];
  return values.map((value) => `${describeValue(value)} (${describeSource(value.source)})`).join(', ');
}

describe('what a broker would really run with', () => {
  for (const { title, file, environment = {}, args = [], runs, problem, note } of cases) {
    test(title, () => {
      const effective = effectiveSettings({
        document: conf(file),
        environment: new Map(Object.entries(environment)),
        args,
      });
      for (const [name, value] of Object.entries(runs)) assert.equal(inWords(effective, name), value);
      if (problem === undefined) assert.deepEqual(effective.problems, []);
      else assert.match(effective.problems.join('\n'), problem);
      if (note !== undefined) assert.match(effective.notes.join('\n'), note);
    });
  }
});
