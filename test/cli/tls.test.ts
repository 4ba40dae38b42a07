/** Certificates that environment variables name, on the command line. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tlsFromEnvironment, variableName } from '../../server/amqp/tls-environment';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { type Certificates, canRun, makeCertificates } from '../support/certificates';
import { qpidha } from '../support/command-line';
import { temporaryFolders } from '../support/temporary-folder';

const tools = ['openssl', 'certutil', 'pk12util'].every(canRun);
const real = brokerKinds.includes('qpidd') && tools;

test('the variables of a broker go before those of all', () => {
  const environment = { QPIDHA_TLS_SERVER_NAME: 'all', QPIDHA_NODE2_5671_TLS_SERVER_NAME: 'one' };
  assert.equal(variableName('node2:5671'), 'NODE2_5671');
  assert.deepEqual(tlsFromEnvironment('node2:5671', environment, '/'), { serverName: 'one' });
  assert.deepEqual(tlsFromEnvironment('node3', environment, '/'), { serverName: 'all' });
  assert.deepEqual(tlsFromEnvironment('node3', { QPIDHA_TLS_CA: '' }, '/'), {});
});

test('a file that cannot be read is named, with its variable', () => {
  assert.throws(
    () => tlsFromEnvironment('node1', { QPIDHA_NODE1_TLS_CA: 'gone.pem' }, '/nowhere'),
    /\/nowhere\/gone\.pem, which QPIDHA_NODE1_TLS_CA names, cannot be read: ENOENT/,
  );
});

describe('the command line and a qpidd with TLS', { skip: !real && 'no qpidd, or no tools' }, () => {
  let certificates: Certificates;
  let broker: TestBroker;
  let port: number;
  let folder: string;
  const makeFolder = temporaryFolders();

  before(async () => {
    certificates = makeCertificates();
    port = await freePort();
    broker = await startBroker('qpidd', { name: 'node1', args: [...certificates.qpiddOptions(port)] });
    const { ca, client } = certificates;
    folder = makeFolder({ 'ca.pem': ca, 'client.pem': client.certificate + client.key });
  });
  after(() => broker?.stop());

  const status = (host: string, environment: Record<string, string>) =>
    qpidha(['status', '--replica', `amqps://${host}:${port}`], { cwd: folder, environment });
  const files = { QPIDHA_TLS_CA: 'ca.pem', QPIDHA_TLS_CERTIFICATE: 'client.pem' };

  test('is let in with the authority and its own certificate', async () => {
    const { code, err } = await status('localhost', files);
    assert.equal(code, 0, err);
    assert.match(err, /No replication found/);
  });

  test('is let in under another name, when that is given', async () => {
    const refused = await status('127.0.0.1', files);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /does not match certificate[\s\S]*QPIDHA_<BROKER>_TLS_SERVER_NAME/);
    const { code, err } = await status('127.0.0.1', { ...files, QPIDHA_TLS_SERVER_NAME: 'localhost' });
    assert.equal(code, 0, err);
  });

  test('says which variable is missing', async () => {
    const { code, err } = await status('localhost', {});
    assert.equal(code, 1);
    assert.match(err, /an authority that is not trusted[\s\S]*QPIDHA_<BROKER>_TLS_CA/);
    const uncertified = await status('localhost', { QPIDHA_TLS_CA: 'ca.pem' });
    assert.equal(uncertified.code, 1);
    assert.match(uncertified.err, /asks for a certificate/);
  });
});
