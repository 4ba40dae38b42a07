import assert from 'node:assert/strict';
import { it } from 'node:test';
import { agent, connectTo, kindOf, tcpPeer } from './peers';

/** Alone in its file, and so in its process: other tests' sockets would be counted too. */
it('A connection leaves no socket and no timer behind', async () => {
  const count = (): number =>
    process.getActiveResourcesInfo().filter((name) => /^TCP|^TLS|Timeout/.test(name)).length;
  const before = count();
  const listener = await agent({ answer: () => [{ opcode: '_query_response', body: [] }] });
  const hanging = await tcpPeer(() => {});
  const connection = await connectTo(listener.port);
  await connection.qmf.objects('queue');
  const sender = await connection.openSender('q');
  await sender.send([{ body: 'x' }]);
  const receiver = await connection.openReceiver('q', 'browse');
  await kindOf(connectTo(hanging.port, { deadline: 20 }));
  await kindOf(connectTo(1));
  await receiver.close();
  await connection.close();
  await connection.close();
  await listener.close();
  hanging.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(count(), before);
});
