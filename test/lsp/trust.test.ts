import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { BrokerError } from '../../server/amqp/broker-error';
import type { Connect } from '../../server/amqp/contract';
import { type CredentialsParams, type ReplicationResult, trustGranted } from '../../server/lsp/requests';
import { EditorSession } from './editor-session';

const verbs = [
  'qpidha/startReplication',
  'qpidha/stopReplication',
  'qpidha/replicationStatus',
  'qpidha/verifyReplication',
  'qpidha/cutOverReplication',
  'qpidha/reverseReplication',
];
const target = { kind: 'addresses', queue: 'q', origin: 'h1', replica: 'h2' };

/** Counts who is contacted, and fails as given. */
function countingConnect(error: (name: string) => BrokerError) {
  const contacted: string[] = [];
  const logins: (string | undefined)[] = [];
  const connect: Connect = async ({ name, credentials }) => {
    contacted.push(name);
    logins.push(credentials?.password.reveal());
    throw error(name);
  };
  return { contacted, logins, connect };
}

function unreachable(broker: string): BrokerError {
  return new BrokerError({ kind: 'unreachable', broker, step: 'connecting', advice: 'Start it.' });
}

function refusesLogin(broker: string): BrokerError {
  return new BrokerError({
    kind: 'authentication',
    broker,
    step: 'connecting',
    advice: 'Check the password.',
  });
}

test('no broker is contacted from a workspace that is not trusted, until it is', async () => {
  const { connect, contacted } = countingConnect(unreachable);
  const session = await EditorSession.start({ trusted: false, connect });
  for (const verb of verbs) {
    const result = await session.request<ReplicationResult>(verb, { target });
    assert.equal(result.severity, 'error');
    assert.match(result.message, /not trusted/);
  }
  assert.deepEqual(contacted, []);
  await session.client.sendNotification(trustGranted);
  for (const verb of verbs) await session.request(verb, { target });
  assert.ok(contacted.length >= verbs.length);
  await session.end();
});

test('no broker of a manifest is contacted from there either', async () => {
  const { connect, contacted } = countingConnect(unreachable);
  const session = await EditorSession.start({ trusted: false, connect });
  await session.open('a.qpid.yaml', manifest);
  const uri = session.uri('a.qpid.yaml');
  const accept = ['replaced-content'];
  const requests: readonly (readonly [string, object])[] = [
    ['qpidha/planManifest', { uri }],
    ['qpidha/watchManifest', { uri, heal: 'rebuild', accept }],
    ['qpidha/applyPlan', { plan: '{}', accept }],
    ['qpidha/rebuildReplica', { target, accept }],
  ];
  for (const [method, params] of requests) {
    const result = await session.request<ReplicationResult>(method, params);
    assert.match(result.message, /not trusted/);
  }
  assert.deepEqual(contacted, []);
  await session.end();
});

test('a person who declines to log in is not asked again at every look of a watch', async () => {
  let looks = 0;
  const connect: Connect = async ({ name }) => {
    looks += 1;
    throw refusesLogin(name);
  };
  const session = await EditorSession.start({ connect });
  await session.open('a.qpid.yaml', manifest);
  const asked = new Map<string, number>();
  session.client.onRequest('qpidha/credentials', ({ broker, reason }: CredentialsParams) => {
    if (reason !== 'stored') asked.set(broker, (asked.get(broker) ?? 0) + 1);
    return null;
  });
  session.client.onNotification('qpidha/watchEvent', () => undefined);
  const cancel = new CancellationTokenSource();
  const params = { uri: session.uri('a.qpid.yaml'), interval: 0.1 };
  const over = session.request<ReplicationResult>('qpidha/watchManifest', params, cancel.token);
  while (looks < 8) await new Promise((resolve) => setTimeout(resolve, 20));
  cancel.cancel();
  await over;
  assert.deepEqual([...asked].sort(), [
    ['a', 1],
    ['b', 1],
  ]);
  await session.end();
});

test('a workspace that is not trusted is linted', async () => {
  const session = await EditorSession.start({ trusted: false });
  await session.open('qpidd.conf', 'port=x\n');
  await session.until(() => session.codes('qpidd.conf').includes('conf/bad-integer'));
  await session.end();
});

test('a broker that cannot be reached is reported with what to do', async () => {
  const { connect } = countingConnect(unreachable);
  const session = await EditorSession.start({ connect });
  for (const verb of verbs) {
    const result = await session.request<ReplicationResult>(verb, { target });
    assert.equal(result.severity, 'error');
    assert.match(`${result.message} ${result.next}`, /h[12].*Start it\./);
  }
  await session.end();
});

test('the editor is asked for a login that is kept, then for one, then for another, and no password is shown', async () => {
  const { connect, logins } = countingConnect(refusesLogin);
  const session = await EditorSession.start({ connect });
  const asked: CredentialsParams[] = [];
  session.client.onRequest('qpidha/credentials', (params: CredentialsParams) => {
    asked.push(params);
    if (params.reason === 'stored') return null;
    return { username: 'me', password: `hunter${asked.length}` };
  });
  const result = await session.request<ReplicationResult>('qpidha/stopReplication', { target });
  assert.deepEqual(
    asked.slice(0, 3).map(({ reason }) => reason),
    ['stored', 'needed', 'rejected'],
  );
  assert.deepEqual(asked[0], { broker: 'h2', address: 'h2', reason: 'stored' });
  assert.deepEqual(logins.slice(0, 3), [undefined, 'hunter2', 'hunter3']);
  assert.doesNotMatch(JSON.stringify([result, session.log]), /hunter/);
  await session.end();
});

test('an editor that knows nothing of logins gets the broker’s refusal', async () => {
  const { connect } = countingConnect(refusesLogin);
  const session = await EditorSession.start({ connect });
  const result = await session.request<ReplicationResult>('qpidha/stopReplication', { target });
  assert.equal(result.severity, 'error');
  await session.end();
});

test('a login in a typed address is used, and never repeated', async () => {
  const { connect, logins } = countingConnect(unreachable);
  const session = await EditorSession.start({ connect });
  const result = await session.request<ReplicationResult>('qpidha/stopReplication', {
    target: { kind: 'addresses', queue: 'q', replica: 'me/hunter2@h2' },
  });
  assert.deepEqual([...new Set(logins)], ['hunter2']);
  assert.doesNotMatch(JSON.stringify([result, session.log]), /hunter/);
  await session.end();
});

const manifest = `version: 1
brokers:
  a:
    address: h1
  b:
    address: h2
replications:
  - queue: q
    from: a
    to: b
`;

test('a manifest with errors is not acted upon', async () => {
  const { connect, contacted } = countingConnect(unreachable);
  const session = await EditorSession.start({ connect });
  await session.open('a.qpid.yaml', manifest.replace('from: a', 'from: c'));
  const uri = session.uri('a.qpid.yaml');
  const result = await session.request<ReplicationResult>('qpidha/startReplication', {
    target: { kind: 'manifest', uri, queue: 'q', replica: 'b' },
  });
  assert.match(result.message, /errors/);
  assert.match(result.details.join('\n'), /^line 9: /);
  assert.deepEqual(contacted, []);
  await session.end();
});

test('an entry that a manifest does not have is refused', async () => {
  const session = await EditorSession.start();
  await session.open('a.qpid.yaml', manifest);
  const uri = session.uri('a.qpid.yaml');
  const result = await session.request<ReplicationResult>('qpidha/startReplication', {
    target: { kind: 'manifest', uri, queue: 'other', replica: 'b' },
  });
  assert.match(result.message, /declares no replication of "other" to b/);
  await session.end();
});

test('a manifest that is not open is read from disk, and the broker is named as in it', async () => {
  const { connect, contacted } = countingConnect(unreachable);
  const session = await EditorSession.start({ connect, files: { 'a.qpid.yaml': manifest } });
  const uri = session.uri('a.qpid.yaml');
  await session.request('qpidha/stopReplication', {
    target: { kind: 'manifest', uri, queue: 'q', replica: 'b' },
  });
  assert.equal(contacted[0], 'b');
  await session.end();
});
