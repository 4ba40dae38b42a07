import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failures } from './support';

const conf = 'port=5672\nauth=no\nha-queue-replication=yes\nlog-enable=notice+\n';

interface Case {
  readonly name: string;
  readonly given?: string;
  readonly file?: string;
  /** All of these hold, */
  readonly holds: readonly string[];
  /** and none of these. */
  readonly fails: readonly string[];
}

const starts = (answer: boolean) => `starts: { qpidd.conf: ${answer} }`;
const effective = (values: string) => `effective: { qpidd.conf: ${values} }`;

const cases: readonly Case[] = [
  {
    name: 'a file as it is',
    holds: [starts(true), effective('{ port: 5672 }'), 'noFindings: [conf/*, ha/*]'],
    fails: [starts(false), effective('{ port: 5673 }'), 'finds: { qpidd.conf: [conf/*] }'],
  },
  {
    name: 'an option that is set instead of what the file says',
    given: 'qpidd.conf: { set: { port: 5673 } }',
    holds: [effective('{ port: 5673 }'), starts(true)],
    fails: [effective('{ port: 5672 }')],
  },
  {
    name: 'an option that the file says nothing of',
    given: 'qpidd.conf: { set: { max-connections: 7 } }',
    holds: [effective('{ max-connections: 7 }')],
    fails: [effective('{ max-connections: 500 }')],
  },
  {
    name: 'several values of a list, in whatever order',
    given: 'qpidd.conf: { set: { log-enable: [error+, "debug+:ha"] } }',
    holds: [effective('{ log-enable: ["debug+:ha", error+] }'), starts(true)],
    fails: [effective('{ log-enable: error+ }'), effective('{ log-enable: [error+, error+] }')],
  },
  {
    name: 'several values of what is no list',
    given: 'qpidd.conf: { set: { port: [1, 2] } }',
    holds: [starts(false), 'findings: { qpidd.conf: [conf/duplicate-setting] }'],
    fails: [starts(true), 'findings: { qpidd.conf: [] }'],
  },
  {
    name: 'an option that is unset',
    given: 'qpidd.conf: { unset: [port] }',
    holds: [effective('{ port: 5672 }'), starts(true)],
    fails: [effective('{ port: 0 }')],
  },
  {
    name: 'all that a file says, unset',
    file: 'port=1',
    given: 'qpidd.conf: { unset: [port] }',
    holds: [starts(true), effective('{ port: 5672 }')],
    fails: [starts(false)],
  },
  {
    name: 'a value that the broker refuses',
    given: 'qpidd.conf: { set: { port: many } }',
    holds: [starts(false), 'finds: { qpidd.conf: [conf/bad-integer] }'],
    fails: [starts(true), effective('{ port: 5672 }')],
  },
  {
    name: 'a refused value behind the environment, which nobody looks at',
    file: 'port=many\nport=more\n',
    given: 'qpidd.conf: { environment: { QPID_PORT: 5673 } }',
    holds: [starts(true), effective('{ port: 5673 }'), 'noFindings: [conf/*]'],
    fails: [starts(false)],
  },
  {
    name: 'a refused value of the environment',
    given: 'qpidd.conf: { environment: { QPID_PORT: many } }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'a line that is refused whatever the environment says',
    file: 'prot=1\n',
    given: 'qpidd.conf: { environment: { QPID_PORT: 5673 } }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'an empty boolean of the environment, which means yes',
    given: 'qpidd.conf: { environment: { QPID_AUTH: "" } }',
    holds: [effective('{ auth: on }'), 'noFindings: [conf/empty-boolean]', starts(true)],
    fails: [effective('{ auth: no }')],
  },
  {
    name: 'a value that no file could hold',
    given: 'qpidd.conf: { environment: { QPID_LOG_PREFIX: "a # b" } }',
    holds: [effective('{ log-prefix: "a # b" }'), starts(true)],
    fails: [effective('{ log-prefix: a }')],
  },
  {
    name: 'a refused value that no file could hold',
    given: 'qpidd.conf: { environment: { QPID_PORT: "5672 #" } }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'an argument, which beats the environment',
    given: 'qpidd.conf: { environment: { QPID_PORT: 5673 }, arguments: [--por, 5674] }',
    holds: [effective('{ port: 5674 }'), starts(true)],
    fails: [effective('{ port: 5673 }')],
  },
  {
    name: 'a command line that the broker refuses',
    given: 'qpidd.conf: { arguments: [--nothing-like-it] }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'a refused value of the environment behind the command line',
    given: 'qpidd.conf: { environment: { QPID_PORT: many }, arguments: ["--port=1"] }',
    holds: [starts(true)],
    fails: [starts(false)],
  },
  {
    name: 'such a value of the logger, which sees no command line',
    given: 'qpidd.conf: { environment: { QPID_LOG_TIME: often }, arguments: ["--log-time=yes"] }',
    holds: [starts(false), effective('{ log-time: yes }')],
    fails: [starts(true)],
  },
  {
    name: 'a refused URL that the broker does not look at',
    given: 'qpidd.conf: { environment: { QPID_HA_BROKERS_URL: "h 1 # a" } }',
    holds: [starts(true)],
    fails: [starts(false)],
  },
  {
    name: 'a refused URL that the broker looks at',
    given: 'qpidd.conf: { environment: { QPID_HA_BROKERS_URL: "h 1 # a", QPID_HA_CLUSTER: yes } }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'a setting of the environment together with one of the file',
    file: 'ha-cluster=yes\n',
    given: 'qpidd.conf: { environment: { QPID_MGMT_ENABLE: no } }',
    holds: [starts(false), 'finds: { qpidd.conf: [ha/management-off] }'],
    fails: [starts(true)],
  },
  {
    name: 'an older release',
    file: 'session-max-unacked=5000\n',
    given: 'qpidd.conf: { release: "1.36" }',
    holds: [starts(false), 'finds: { qpidd.conf: [conf/option-not-yet] }'],
    fails: [starts(true)],
  },
  {
    name: 'a release that is not the one that the file names',
    file: '# qpidha: broker 1.36\nsession-max-unacked=5000\n',
    given: 'qpidd.conf: { release: 1.40 }',
    holds: [starts(true)],
    fails: [starts(false)],
  },
  {
    name: 'a release from before lines were refused',
    file: 'prot=1\n',
    given: 'qpidd.conf: { release: "0.20" }',
    holds: [starts(true)],
    fails: [starts(false)],
  },
  {
    name: 'an empty file, which stays empty',
    file: '',
    given: 'qpidd.conf: { release: "1.39", environment: { QPID_PORT: 1 } }',
    holds: [starts(false)],
    fails: [starts(true)],
  },
  {
    name: 'an error that a comment hides, and not from the broker',
    file: 'prot=1 # qpidha: disable-line conf/unknown-option -- because\n',
    holds: [starts(false), 'noFindings: [conf/unknown-option]'],
    fails: [starts(true)],
  },
];

describe('with what is given, a test', () => {
  for (const { name, given = '', file = conf, holds, fails } of cases) {
    for (const expect of holds) {
      it(`of ${name} passes where it expects ${expect}`, () => {
        assert.deepEqual(failures({ given, expect }, { 'qpidd.conf': file }), []);
      });
    }
    for (const expect of fails) {
      it(`of ${name} fails where it expects ${expect}`, () => {
        assert.equal(failures({ given, expect }, { 'qpidd.conf': file }).length, 1);
      });
    }
  }
});

describe('values are the same where the broker takes them for the same', () => {
  const same: readonly (readonly [option: string, written: string, expected: string])[] = [
    ['auth', 'no', 'off'],
    ['auth', '1', 'true'],
    ['port', '0005672', '5672'],
    ['max-connections', '-1', '65535'],
    ['mgmt-pub-interval', '5', '5s'],
    ['ha-brokers-url', 'amqp:h1:5672,h2', 'h1,"tcp:h2:5672"'.replaceAll('"', '')],
    ['ha-brokers-url', 'none', '""'],
    ['ha-replicate', 'all', 'all'],
  ];
  const different: typeof same = [
    ['auth', 'no', 'yes'],
    ['port', '5672', '5673'],
    ['ha-brokers-url', 'h1,h2', 'h2,h1'],
    ['ha-brokers-url', 'h1', '""'],
    ['log-prefix', 'a', 'A'],
    ['port', '5672', '[]'],
    ['port', '5672', '[5672, 5672]'],
  ];
  const tried = ([option, written, expected]: (typeof same)[number]) =>
    failures(
      {
        expect: `effective:\n  qpidd.conf:\n    ${option}: ${expected.includes(',') && !expected.startsWith('[') ? `"${expected}"` : expected}`,
      },
      { 'qpidd.conf': `${option}=${written}\n` },
    );
  for (const one of same) it(`${one.join(' ')}`, () => assert.deepEqual(tried(one), []));
  for (const one of different) it(`but not ${one.join(' ')}`, () => assert.equal(tried(one).length, 1));
});
