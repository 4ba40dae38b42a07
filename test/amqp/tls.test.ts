import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { encodeValue } from '../../server/amqp/codec/encode';
import { type AmqpValue, symbol, ulong } from '../../server/amqp/codec/value';
import { connect } from '../../server/amqp/connect';
import type { BrokerConnection, ConnectOptions } from '../../server/amqp/contract';
import { Secret } from '../../server/amqp/secret';
import { brokerKinds, freePort, startBroker, type TestBroker } from '../support/brokers';
import { type Certificates, canRun, makeCertificates } from '../support/certificates';
import { failureOf, options } from './peers';

/** A TLS server that asks for certificates, and does to every connection what `behave` says. */
async function tlsServer(
  { ca, server }: Certificates,
  behave: (socket: TLSSocket) => void,
  shown = server,
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<TLSSocket>();
  const listening: Server = createServer(
    { ca, cert: shown.certificate, key: shown.key, requestCert: true, rejectUnauthorized: true },
    (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      behave(socket);
    },
  );
  listening.on('tlsClientError', () => {});
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      listening.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** What lies behind a TLS port without knowing of it. */
function forwardTo(port: number): (socket: TLSSocket) => void {
  return (socket) => {
    const behind = connectTcp(port, '127.0.0.1');
    behind.on('error', () => socket.destroy());
    behind.on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  };
}

function offer(...mechanisms: readonly string[]): Buffer {
  const value: AmqpValue = mechanisms.map(symbol);
  const array = encodeArray(mechanisms);
  assert.ok(value.length > 0);
  const body = Buffer.concat([Buffer.from([0x00]), encodeValue(ulong(0x40)), array]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.writeUInt8(2, 4);
  head.writeUInt8(1, 5);
  return Buffer.concat([Buffer.from('AMQP\x03\x01\x00\x00', 'latin1'), head, body]);
}

/** A list of one field, which is an array of symbols, as brokers send it. */
function encodeArray(symbols: readonly string[]): Buffer {
  const elements = Buffer.concat(
    symbols.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])),
  );
  const array = Buffer.concat([Buffer.from([0xe0, elements.length + 2, symbols.length, 0xa3]), elements]);
  return Buffer.concat([Buffer.from([0xc0, array.length + 1, 1]), array]);
}

/** How the broker sees us: who we are, and by which mechanism. */
async function identity(connection: BrokerConnection): Promise<readonly unknown[]> {
  const [own] = await connection.qmf.objects('connection');
  await connection.close();
  return [own?.values.authIdentity, own?.values.saslMechanism];
}

const skip = !canRun('openssl') && 'openssl is missing';

describe('TLS with certificates on both sides', { skip }, () => {
  let certificates: Certificates;
  let broker: TestBroker;
  let front: { port: number; close(): void };

  before(async () => {
    certificates = makeCertificates();
    broker = await startBroker('embedded', { name: 'node1' });
    front = await tlsServer(certificates, forwardTo(broker.port));
  });
  after(async () => {
    front.close();
    await broker.stop();
  });

  it('lets us in with ours, and ANONYMOUS where the broker does not know EXTERNAL', async () => {
    const tls = { ca: certificates.ca, ...certificates.client };
    const connection = await connect(options(`amqps://localhost:${front.port}`, { tls }));
    assert.deepEqual(await identity(connection), ['anonymous', 'ANONYMOUS']);
  });

  it('says that ours is missing', async () => {
    const tls = { ca: certificates.ca };
    const error = await failureOf(connect(options(`amqps://localhost:${front.port}`, { tls })));
    assert.deepEqual([error.kind, error.text], ['tls', 'the broker asks for a certificate']);
  });

  it('checks theirs against the name that is given for it', async () => {
    const tls = { ca: certificates.ca, ...certificates.client };
    const address = `amqps://127.0.0.1:${front.port}`;
    const error = await failureOf(connect(options(address, { tls })));
    assert.equal(error.kind, 'tls');
    assert.match(error.text ?? '', /does not match certificate/);
    assert.match(error.advice, /TLS_SERVER_NAME/);
    const connection = await connect(options(address, { tls: { ...tls, serverName: 'localhost' } }));
    await connection.close();
  });

  it('says what is wrong with theirs, and what to do', async () => {
    const { ca, client, server, expired, selfSigned } = certificates;
    const rows = [
      [expired, { ca }, /^the broker's certificate has expired$/, /^Renew it on the broker/],
      [server, {}, /signed by an authority that is not trusted$/, /QPIDHA_<BROKER>_TLS_CA\.$/],
      [selfSigned, { ca }, /signed by nobody but itself/, /QPIDHA_<BROKER>_TLS_CA\.$/],
    ] as const;
    for (const [shown, trusted, text, advice] of rows) {
      const peer = await tlsServer(certificates, forwardTo(broker.port), shown);
      const error = await failureOf(
        connect(options(`amqps://localhost:${peer.port}`, { tls: { ...trusted, ...client } })),
      );
      peer.close();
      assert.equal(error.kind, 'tls');
      assert.match(error.text ?? '', text);
      assert.match(error.advice, advice);
    }
  });

  it('says that ours has expired, before the broker hears of it', async () => {
    const tls = { ca: certificates.ca, ...certificates.expired };
    const error = await failureOf(connect(options(`amqps://localhost:${front.port}`, { tls })));
    assert.equal(error.kind, 'tls');
    assert.match(error.text ?? '', /^our certificate has expired \(/);
  });

  it('says that they may not like ours, where they do not say so themselves', async () => {
    const tls = { ca: certificates.ca, ...certificates.selfSigned };
    const error = await failureOf(connect(options(`amqps://localhost:${front.port}`, { tls })));
    assert.match(error.advice, /QPIDHA_<BROKER>_TLS_CERTIFICATE/, error.message);
  });

  it('says that no certificate is in a file', async () => {
    const tls = { ca: certificates.ca, certificate: 'none', key: 'none' };
    const error = await failureOf(connect(options(`amqps://localhost:${front.port}`, { tls })));
    assert.deepEqual([error.kind, error.advice], ['tls', 'Check the files of the certificate and the key.']);
  });

  it('says that a port without TLS is none', async () => {
    const error = await failureOf(connect(options(`amqps://localhost:${broker.port}`)));
    assert.equal(error.kind, 'tls');
    assert.match(
      error.text ?? '',
      /^the (?:port does not speak|peer closed the connection without a word of) TLS$/,
    );
    assert.match(error.advice, /ssl-port/);
  });

  for (const mechanisms of [
    ['EXTERNAL', 'ANONYMOUS'],
    ['ANONYMOUS', 'PLAIN', 'EXTERNAL'],
  ]) {
    it(`chooses EXTERNAL among ${mechanisms.join(', ')}`, async () => {
      let said = '';
      const peer = await tlsServer(certificates, (socket) => {
        socket.write(offer(...mechanisms));
        socket.on('data', (bytes: Buffer) => {
          said += bytes.toString('latin1');
          if (/EXTERNAL|ANONYMOUS/.test(said)) socket.end();
        });
      });
      const tls = { ca: certificates.ca, ...certificates.client };
      await failureOf(connect(options(`amqps://localhost:${peer.port}`, { tls })));
      peer.close();
      assert.match(said, /EXTERNAL/);
    });
  }
});

const real =
  brokerKinds.includes('qpidd') && ['openssl', 'certutil', 'pk12util', 'saslpasswd2'].every(canRun);

describe('TLS on a qpidd', { skip: !real && 'no qpidd, or no tools to make its certificates' }, () => {
  let certificates: Certificates;
  let broker: TestBroker;
  let address = '';

  before(async () => {
    certificates = makeCertificates();
    const port = await freePort();
    address = `amqps://localhost:${port}`;
    const args = ['--auth=yes', `--sasl-config=${saslFolder()}`, ...certificates.qpiddOptions(port)];
    broker = await startBroker('qpidd', { name: 'node1', args });
  });
  after(() => broker?.stop());

  function saslFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'qpidha-sasl-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const database = join(folder, 'users');
    execFileSync('saslpasswd2', ['-c', '-p', '-f', database, '-u', 'QPID', 'bob'], { input: 'sesame' });
    const lines = ['auxprop', 'sasldb'].map((name, index) => [
      ['pwcheck_method', 'auxprop_plugin'][index],
      name,
    ]);
    const settings = [...lines, ['sasldb_path', database], ['mech_list', 'EXTERNAL PLAIN ANONYMOUS']];
    writeFileSync(
      join(folder, 'qpidd.conf'),
      settings.map(([name, value]) => `${name}: ${value}\n`).join(''),
    );
    return folder;
  }

  const logins: readonly (readonly [string, Partial<ConnectOptions>, readonly string[]])[] = [
    ['EXTERNAL by the certificate', {}, ['alice@org.example', 'EXTERNAL']],
    ['PLAIN with a password', credentials('sesame'), ['bob@QPID', 'PLAIN']],
  ];
  for (const [name, more, expected] of logins) {
    it(`logs in with ${name}`, async () => {
      const tls = { ca: certificates.ca, ...certificates.client };
      assert.deepEqual(await identity(await connect(options(address, { tls, ...more }))), expected);
    });
  }

  it('refuses a wrong password', async () => {
    const tls = { ca: certificates.ca, ...certificates.client };
    const error = await failureOf(connect(options(address, { tls, ...credentials('wrong') })));
    assert.equal(error.kind, 'authentication');
  });

  it('says that our certificate is missing', async () => {
    const error = await failureOf(connect(options(address, { tls: { ca: certificates.ca } })));
    // It often closes the connection before its reason has been read.
    assert.match(error.advice, /certificate/, error.kind);
  });

  function credentials(password: string): Partial<ConnectOptions> {
    return { credentials: { username: 'bob', password: new Secret(password) } };
  }
});
