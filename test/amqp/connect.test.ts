import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createServer } from 'node:tls';
import { encodeValue } from '../../server/amqp/codec/encode';
import { symbol, ulong } from '../../server/amqp/codec/value';
import { connect } from '../../server/amqp/connect';
import { Secret } from '../../server/amqp/secret';
import { agent, connectTo, failureOf, kindOf, options, tcpPeer } from './peers';

function credentials(password = 'sesame', username = 'alice') {
  return { credentials: { username, password: new Secret(password) } };
}

/** A SASL frame that offers one mechanism. */
function offer(mechanism: string): Buffer {
  const body = encodeValue({ type: 'described', descriptor: ulong(0x40), value: [symbol(mechanism)] });
  const head = Buffer.from([0, 0, 0, 8 + body.length, 2, 1, 0, 0]);
  return Buffer.concat([Buffer.from('AMQP\x03\x01\x00\x00', 'latin1'), head, body]);
}

describe('A broker that cannot be used', () => {
  const strangers: readonly (readonly [string, string | Buffer, string, RegExp])[] = [
    ['is an HTTP server', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'not-amqp', /HTTP/],
    [
      'sends random bytes',
      Buffer.from('d1b2c3f4051627384950', 'hex'),
      'not-amqp',
      /other than an AMQP broker/,
    ],
    ['sends two random bytes', Buffer.from('d1b2', 'hex'), 'not-amqp', /other than an AMQP broker/],
    ['expects TLS', Buffer.from('15030100020246', 'hex'), 'not-amqp', /TLS/],
    ['speaks AMQP 0-10 only', Buffer.from('414d515001010 00a'.replace(' ', ''), 'hex'), 'not-amqp', /0-10/],
    ['speaks AMQP 0-9-1 only', Buffer.from('414d515000000901', 'hex'), 'not-amqp', /0-9-1/],
    [
      'announces a frame of 2 GiB',
      Buffer.concat([Buffer.from('AMQP\x03\x01\x00\x00', 'latin1'), Buffer.from('7fffffff02010000', 'hex')]),
      'protocol',
      /larger/,
    ],
    [
      'sends an empty frame size',
      Buffer.concat([Buffer.from('AMQP\x03\x01\x00\x00', 'latin1'), Buffer.alloc(8)]),
      'protocol',
      /shorter/,
    ],
    ['offers no mechanism of ours', offer('GSSAPI'), 'authentication', /GSSAPI/],
  ];
  for (const [name, bytes, kind, text] of strangers) {
    it(`${name}: ${kind}`, async () => {
      const peer = await tcpPeer((socket) => socket.write(bytes));
      const error = await failureOf(connectTo(peer.port));
      peer.close();
      assert.equal(error.kind, kind);
      assert.match(error.text ?? '', text);
      assert.match(error.message, /^node1: .* \(while connecting to 127\.0\.0\.1:\d+\)\. .+\.$/);
    });
  }

  it('does not run: unreachable', async () => {
    const peer = await tcpPeer(() => {});
    peer.close();
    const error = await failureOf(connectTo(peer.port));
    assert.equal(error.kind, 'unreachable');
    assert.match(error.text ?? '', /refused/);
  });

  it('has a name that does not resolve: unreachable, with advice about the name', async () => {
    const error = await failureOf(connect(options('no-such-host.invalid')));
    assert.equal(error.kind, 'unreachable');
    assert.match(error.advice, /name/);
  });

  it('hangs after accept: timeout', async () => {
    const peer = await tcpPeer(() => {});
    assert.equal(await kindOf(connectTo(peer.port, { deadline: 50 })), 'timeout');
    peer.close();
  });

  it('closes at once: closed', async () => {
    const peer = await tcpPeer((socket) => socket.end());
    assert.equal(await kindOf(connectTo(peer.port)), 'closed');
    peer.close();
  });

  it('closes without a word after the handshake, as a backup does: closed, with advice', async () => {
    const listener = await agent({ accept: () => false });
    const error = await failureOf(connectTo(listener.port));
    await listener.close();
    assert.equal(error.kind, 'closed');
    assert.match(error.advice, /backup/);
  });

  it('is given up when cancelled', async () => {
    const peer = await tcpPeer(() => {});
    const controller = new AbortController();
    const connecting = kindOf(connectTo(peer.port, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    assert.equal(await connecting, 'cancelled');
    assert.equal(await kindOf(connectTo(peer.port, { signal: controller.signal })), 'cancelled');
    peer.close();
  });
});

describe('Logging in', () => {
  it('fails with authentication for a wrong password, and never shows it', async () => {
    const listener = await agent({ required: true, plain: (_user, password) => password === 'right' });
    const error = await failureOf(connectTo(listener.port, credentials('wrong-secret')));
    await listener.close();
    assert.equal(error.kind, 'authentication');
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /wrong-secret/);
  });

  it('passes on user names and passwords of any characters', async () => {
    let seen: readonly string[] = [];
    const listener = await agent({
      required: true,
      plain: (...login) => {
        seen = login;
        return true;
      },
    });
    const connection = await connectTo(listener.port, credentials('пароль-€', 'žofie'));
    await connection.close();
    await listener.close();
    assert.deepEqual(seen, ['žofie', 'пароль-€']);
  });

  it('without credentials fails with authentication where they are needed', async () => {
    const listener = await agent({ required: true });
    const error = await failureOf(connectTo(listener.port));
    await listener.close();
    assert.equal(error.kind, 'authentication');
    assert.match(error.text ?? '', /PLAIN/);
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === 'IPv4' && !found.internal)?.address;

  it('sends no password unencrypted to another address than loopback', {
    skip: outside === undefined,
  }, async () => {
    let asked = 0;
    const plain = (): boolean => {
      asked += 1;
      return true;
    };
    const listener = await agent({ plain, listen: { host: '0.0.0.0' } });
    const address = `${outside}:${listener.port}`;
    const error = await failureOf(connect(options(address, credentials())));
    assert.deepEqual([error.kind, asked], ['plain-text', 0]);
    assert.match(error.advice, /amqps:/);
    const connection = await connect(options(address, { ...credentials(), allowPlainText: true }));
    await connection.close();
    await listener.close();
  });
});

describe('Several members', () => {
  it('are tried in turn', async () => {
    const dead = await tcpPeer((socket) => socket.end());
    const hanging = await tcpPeer(() => {});
    const listener = await agent({});
    const address = [dead, hanging, listener].map(({ port }) => `127.0.0.1:${port}`).join(',');
    const connection = await connect(options(address, { deadline: 300 }));
    assert.equal(connection.member.port, listener.port);
    await connection.close();
    await listener.close();
    dead.close();
    hanging.close();
  });

  it('that all fail are all named, and the most telling reason decides', async () => {
    const dead = await tcpPeer(() => {});
    dead.close();
    const web = await tcpPeer((socket) => socket.write('HTTP/1.1 200 OK\r\n'));
    const error = await failureOf(connect(options(`127.0.0.1:${dead.port},127.0.0.1:${web.port}`)));
    web.close();
    assert.equal(error.kind, 'not-amqp');
    assert.match(error.text ?? '', /refused.*HTTP/);
  });
});

describe('TLS', () => {
  const folder = join(import.meta.dirname, 'tls');
  const certificate = readFileSync(join(folder, 'localhost.crt'), 'utf8');
  const key = readFileSync(join(folder, 'localhost.key'), 'utf8');

  async function tlsPeer(): Promise<{ port: number; close(): void }> {
    const server = createServer({ cert: certificate, key }, (socket) => socket.write('HTTP/1.1 200 OK\r\n'));
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return { port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() };
  }

  it('refuses a certificate that nobody vouches for', async () => {
    const peer = await tlsPeer();
    const error = await failureOf(connect(options(`amqps://localhost:${peer.port}`)));
    peer.close();
    assert.equal(error.kind, 'tls');
  });

  it('trusts the given authority, and reaches the peer behind it', async () => {
    const peer = await tlsPeer();
    const error = await failureOf(
      connect(options(`amqps://localhost:${peer.port}`, { tls: { ca: certificate } })),
    );
    peer.close();
    assert.equal(error.kind, 'not-amqp');
  });

  it('checks the name, or the one given for it', async () => {
    const peer = await tlsPeer();
    const address = `amqps://127.0.0.1:${peer.port}`;
    assert.equal(await kindOf(connect(options(address, { tls: { ca: certificate } }))), 'tls');
    const named = { ca: certificate, serverName: 'localhost' };
    assert.equal(await kindOf(connect(options(address, { tls: named }))), 'not-amqp');
    peer.close();
  });

  it('says when a port speaks no TLS', async () => {
    const peer = await tcpPeer((socket) => socket.write('AMQP\x03\x01\x00\x00'));
    assert.equal(await kindOf(connect(options(`amqps://127.0.0.1:${peer.port}`))), 'tls');
    peer.close();
  });

  it('says when a certificate file cannot be read', async () => {
    const tls = { certificate: 'nonsense', key: 'nonsense' };
    const error = await failureOf(connect(options('amqps://127.0.0.1:1', { tls })));
    assert.equal(error.kind, 'tls');
    assert.match(error.advice, /files/);
  });
});

describe('A connection', () => {
  it('says that it was closed when it is used afterwards', async () => {
    const listener = await agent({});
    const connection = await connectTo(listener.port);
    await connection.close();
    await listener.close();
    assert.equal(await kindOf(connection.qmf.objects('queue')), 'closed');
    assert.equal(await kindOf(connection.openSender('q')), 'closed');
  });

  it('closes in time even when the peer does not answer', async () => {
    const listener = await agent({});
    const connection = await connectTo(listener.port);
    const closing = connection.close();
    listener.destroy();
    await closing;
  });
});
