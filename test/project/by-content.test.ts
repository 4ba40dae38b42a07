import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isForeign, languageByContent, languageOfText, mayTell } from '../../server/project/by-content';
import type { Language } from '../../server/project/languages';

const head = (text: string) => ({ bytes: Buffer.from(text), whole: true });

type Case = readonly [what: string, path: string, text: string];

const licence = `${'# a line of a licence\n'.repeat(16)}\n`;

const confs: readonly Case[] = [
  ['a broker under a name of its own', 'broker-a.conf', 'port=5673\nauth=no\nmgmt-pub-interval=5\n'],
  ['a member of a cluster', 'hosts/node1', 'ha-cluster=yes\nha-brokers-url=node1,node2\n'],
  [
    'one with a long comment before',
    'mq.cfg',
    `${licence}data-dir=/x\npid-dir=/y\nworker-threads=4\nnum-jfiles=8\n`,
  ],
  ['one with a mistake', 'a.conf', 'prot=5672\nauth=no\nacl-file=/x\nlog-enable=info+\n'],
  [
    'one with a flag that lacks its value',
    'b.conf',
    'auth=yes\nacl-file=/x\nenable-timestamp=1\ntcp-nodelay\n',
  ],
  ['one of an old release', 'c.conf', 'cluster-mechanism=DIGEST-MD5 ANONYMOUS\nacl-file=/x\nauth=no\n'],
  ['one with blanks that the broker refuses', 'd.conf', 'auth = no\nlog-enable = info+\nmgmt-enable = yes\n'],
  [
    'one with CRLF and a byte order mark',
    'e.conf',
    '\ufeffauth=no\r\nmgmt-enable=yes\r\nlog-enable=info+\r\n',
  ],
  ['little, in a folder of qpid', 'etc/qpid/node1', 'port=5673\nauth=no\n'],
  ['a default port and no login', 'f.conf', 'port=5672\nauth=no\n'],
];

const strangers: readonly Case[] = [
  ['nginx', 'nginx.conf', 'worker_processes 4;\nevents {\n  worker_connections 10;\n}\n'],
  ['an nginx fragment', 'conf.d/qpid.conf', 'upstream qpid {\n  server a:5672;\n}\n'],
  ['a systemd unit', 'qpidd', '[Service]\nExecStart=/usr/sbin/qpidd\nUser=qpidd\n'],
  ['a settings file of a service', 'sysconfig/qpidd', 'QPIDD_OPTIONS="--port 5673"\nQPID_AUTH=no\n'],
  ['Cyrus SASL', 'qpid/sasl.conf', 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN\n'],
  ['bitcoin', 'bitcoin.conf', 'daemon=1\nport=8333\nserver=1\nrpcuser=x\nmaxconnections=10\n'],
  ['bitcoin with little in it', 'coin.conf', 'daemon=1\nport=8333\n'],
  ['dnsmasq', 'dnsmasq.conf', 'port=53\ninterface=eth0\nuser=x\ndomain=lan\nlog-queries\nlog-facility=/x\n'],
  ['dnsmasq with little in it', 'dns.conf', 'port=5353\ninterface=lo\ndomain=lan\n'],
  ['coturn', 'turnserver.conf', 'listening-port=3478\nrealm=x\nlog-file=/x\ntls-listening-port=5349\n'],
  ['mosquitto', 'mosquitto.conf', 'port 1883\nlog_type all\nmax_connections -1\n'],
  ['RabbitMQ', 'rabbitmq.conf', 'listeners.tcp.default = 5672\nlog.console = true\n'],
  ['MySQL', 'my.cnf', '[mysqld]\nport=3306\nmax-connections=100\nlog-time=1\n'],
  [
    'a daemon with names like ours',
    'd.conf',
    'port=80\nlog-level=info\ndata-dir=/x\nmax-connections=10\ndaemon=yes\n',
  ],
  ['etcd flags', 'etcd.conf', 'data-dir=/x\ncluster-name=a\nlog-level=info\ncluster-size=3\n'],
  ['sysctl', 'sysctl.conf', 'net.ipv4.ip_forward=1\nkernel.domainname=x\n'],
  ['environment of the broker', 'env.conf', 'QPID_PORT=5672\nQPID_AUTH=no\n'],
  ['the client library', 'client.conf', 'log-enable=info+\nssl-cert-db=/x\nprotocol-defaults=amqp0-10\n'],
  ['a template', 'qpidd-a.conf', 'port={{ port }}\nauth=no\nlog-enable=info+\n'],
  ['a template of a shell', 'a.conf', 'port=$PORT\nauth=no\nlog-enable=info+\nacl-file=${ACL}\n'],
  ['a binary', 'core', 'port=5672\nauth=no\nacl-file=x\n\0\0\0'],
  ['nothing but comments', 'a.conf', '# auth=no\n# log-enable=info+\n'],
  ['nothing', 'etc/qpid/a.conf', ''],
  ['prose about options', 'notes', 'Use auth=no and log-enable=info+ here.\nSet acl-file=/x.\n'],
];

const manifests: readonly Case[] = [
  ['a manifest', 'east.yaml', 'version: 1\n\nbrokers:\n  a: {address: h}\n'],
  [
    'one that begins with a mark and comments',
    'e.yml',
    '# x\n---\nversion: "1" # one\nreplications:\n  - queue: q\n',
  ],
  ['one in JSON', 'e.json', '{\n  "version": 1,\n  "brokers": {"a": {"address": "h"}}\n}\n'],
  ['one in JSON on a line', 'e.json', '{"$schema":"x","brokers":{"a":{"address":"version"}},"version":1}'],
];

const otherYaml: readonly Case[] = [
  ['compose', 'compose-x.yaml', 'version: "3"\nservices:\n  a:\n    address: x\nbrokers: {}\n'],
  ['Kubernetes', 'k.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  brokers: x\n  address: y\n'],
  ['variables of Ansible', 'vars.yml', 'version: 1\nqpid_port: 5672\nbrokers:\n  - address: a\n'],
  ['version 2 of something', 'a.yaml', 'version: 2\nbrokers:\n  a: {address: h}\n'],
  ['version 1.5 of something', 'a.yaml', 'version: 1.5\nbrokers:\n  a: {address: h}\n'],
  ['brokers alone', 'a.yaml', 'brokers:\n  a: {address: h}\n'],
  ['brokers of another kind', 'a.yaml', 'version: 1\nbrokers:\n  - kafka1:9092\n'],
  ['a list', 'a.yaml', '- version: 1\n- brokers: {a: {address: h}}\n'],
  ['an object within', 'a.json', '{"x": {"version": 1, "brokers": {"a": {"address": "h"}}}}'],
  ['a package', 'a.json', '{"version": "1.0.0", "brokers": {"address": "x"}}'],
  ['a template of Helm', 'a.yaml', '{{ if .x }}\nversion: 1\nbrokers:\n  a: {address: h}\n{{ end }}\n'],
];

function tell(cases: readonly Case[], expected: Language | undefined): void {
  for (const [what, path, text] of cases)
    it(`${expected ?? 'no file of ours'}: ${what}`, () => {
      assert.equal(languageByContent(path, head(text)), expected);
    });
}

describe('the language of a file by its content', () => {
  tell(confs, 'conf');
  tell(strangers, undefined);
  tell(manifests, 'manifest');
  tell(otherYaml, undefined);

  it('is told by what is complete of a head', () => {
    const text = `auth=no\nlog-enable=info+\n${'# x\n'.repeat(2000)}[section]\n`;
    assert.equal(languageByContent('a.conf', { bytes: Buffer.from(text), whole: true }), 'conf');
    assert.equal(
      languageByContent('a.conf', { bytes: Buffer.from('auth=no\nlog-ena'), whole: false }),
      undefined,
    );
  });

  it('is asked of names that leave it open, and of no others', () => {
    const asked = ['a.conf', 'a.cfg', 'node1', 'qpidd.conf.east', 'a.yaml', 'a.json', 'A.CONF'];
    const passed = [
      'a.ini',
      'a.properties',
      'a.txt',
      'README',
      'Makefile',
      'package.json',
      '.bashrc',
      'qpidc.conf',
    ];
    const kept = [
      'qpidd.conf.rpmsave',
      'qpidd.conf~',
      'qpidd.conf.bak',
      'qpidd.conf.erb',
      'qpidd.conf.j2',
      'qpidd.service',
    ];
    assert.deepEqual(
      asked.filter((name) => !mayTell(name)),
      [],
    );
    assert.deepEqual([...passed, ...kept].filter(mayTell), []);
  });

  it('of a text without a name is that of a manifest, or else of a qpidd.conf', () => {
    assert.equal(languageOfText(head('version: 1\nbrokers: {a: {address: b}}\n')), 'manifest');
    assert.equal(languageOfText(head('{"version": 1, "brokers": {"a": {"address": "b"}}}')), 'manifest');
    for (const text of ['', 'prot=1\n', '\0']) assert.equal(languageOfText(head(text)), 'conf');
  });
});

describe("another program's file with the name of a qpidd.conf", () => {
  const foreign: readonly (readonly [what: string, text: string])[] = [
    ['supervisor', '[program:qpidd]\ncommand=/usr/sbin/qpidd\nuser=qpidd\nautostart=true\n'],
    ['tmpfiles.d', 'd /run/qpidd 0755 qpidd qpidd -\n'],
    [
      'Upstart',
      'description "broker"\nstart on filesystem\nstop on runlevel [016]\nrespawn\nexec /usr/sbin/qpidd\n',
    ],
    ['Cyrus SASL', 'pwcheck_method: auxprop\nmech_list: PLAIN\n'],
    ['nginx', 'server {\n  listen 80;\n}\n'],
  ];
  for (const [what, text] of foreign)
    it(`is passed over: ${what}`, () => assert.equal(isForeign(head(text)), true));

  const own = ['', 'prot=1\n', '[broker]\nport=5672\n', 'port: 5672\n', 'auth\n', '# [x]\n', 'port=1;\n'];
  for (const text of own)
    it(`is checked: ${JSON.stringify(text)}`, () => assert.equal(isForeign(head(text)), false));
});
