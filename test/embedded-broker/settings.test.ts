import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../server/amqp/secret';
import { defaultSettings } from '../../server/embedded-broker/settings';
import { settingsFromConf } from '../../server/embedded-broker/settings-from-conf';
import { parseConf } from '../../server/qpidd-conf/model';
import { documentFromText } from '../../server/text/document';
import { failureOf, kindOf } from '../amqp/peers';
import { clientOf, TestBroker } from './brokers';

const read = (text: string) => settingsFromConf(parseConf(documentFromText('file:///qpidd.conf', text)));

describe('The settings of an embedded broker', () => {
  it("are qpidd's defaults where the file is silent", () => {
    assert.deepEqual(read(''), defaultSettings);
  });

  const cases: readonly (readonly [string, Partial<typeof defaultSettings>])[] = [
    ['port=5673', { port: 5673 }],
    ['ha-queue-replication=yes', { ha: 'stand-alone' }],
    ['ha-queue-replication=no', { ha: 'off' }],
    ['ha-cluster=yes\nha-queue-replication=yes', { ha: 'cluster' }],
    ['auth=no', { authentication: false }],
    ['realm=HERE', { realm: 'HERE' }],
    ['max-connections=7', { maxConnections: 7 }],
    ['link-maintenance-interval=500ms', { linkMaintenanceInterval: 0.5 }],
    ['default-queue-limit=0', { defaultQueueLimit: 0 }],
    ['ha-mechanism=PLAIN', { haMechanism: 'PLAIN' }],
    ['ha-brokers-url=a,b', { haBrokersUrl: 'a,b' }],
    ['ha-backup-timeout=3', { haBackupTimeout: 3 }],
    ['ha-replicate=all', { haReplicate: 'all' }],
  ];
  for (const [text, expected] of cases) {
    it(`take ${text.replace('\n', ', ')}`, () => {
      assert.deepEqual(read(text), { ...defaultSettings, ...expected });
    });
  }

  it('know the user with whom the brokers of a deployment log in at each other', () => {
    const settings = read('ha-username=ha\nha-password=sesame');
    assert.equal(settings.haUsername, 'ha');
    assert.equal(settings.users.get('ha')?.reveal(), 'sesame');
    assert.doesNotMatch(JSON.stringify(settings), /sesame/);
  });
});

describe('Logging in at an embedded broker', () => {
  const settings = { authentication: true, users: new Map([['alice', new Secret('sesame')]]), realm: 'HERE' };
  const login = (password: string) => ({
    credentials: { username: 'alice', password: new Secret(password) },
  });

  it('takes a known user, and shows who it is', async () => {
    const broker = await TestBroker.start(settings, { client: login('sesame') });
    const [connection] = await broker.values('connection');
    assert.deepEqual([connection?.authIdentity, connection?.saslMechanism], ['alice@HERE', 'PLAIN']);
    await broker.create('q');
    const [queue] = (await broker.values('queue')).filter(({ name }) => name === 'q');
    assert.equal(queue?.creator, 'alice@HERE');
    assert.equal(await kindOf(clientOf(broker.broker, login('wrong'))), 'authentication');
    assert.equal(await kindOf(clientOf(broker.broker)), 'authentication');
    await broker.end();
  });

  it('takes any password where there is no authentication', async () => {
    const broker = await TestBroker.start({}, { client: login('whatever') });
    assert.deepEqual((await broker.values('broker')).length, 1);
    await broker.end();
  });
});

describe('A member of a cluster', () => {
  it('lets in nobody but administrators, until it is promoted', async () => {
    const member = await TestBroker.start({ ha: 'cluster' }, { client: { admin: true } });
    const haBroker = 'org.apache.qpid.ha:habroker:ha-broker';
    assert.equal((await member.values('habroker'))[0]?.status, 'joining');
    const refused = clientOf(member.broker).then((client) => client.qmf.objects('broker'));
    const error = await failureOf(refused);
    assert.equal(error.kind, 'closed');
    assert.match(error.advice, /backup/);
    await member.client.qmf.call(haBroker, 'promote', {});
    assert.equal((await member.values('habroker'))[0]?.status, 'active');
    const client = await clientOf(member.broker);
    assert.equal((await client.qmf.objects('broker')).length, 1);
    await client.close();
    await member.end();
  });
});
