import type { BrokerConnection, OutgoingMessage } from '../../amqp/contract';
import { createQueue } from '../../replication/change/actions';
import { compareQueues } from '../../replication/compare/compare';
import type { EngineContext, EngineEvent, Replication } from '../../replication/contract';
import { queueObject } from '../../replication/names';
import { start } from '../../replication/start';
import { status } from '../../replication/status';
import { stop } from '../../replication/stop';
import { describeStart, describeState, describeStop } from '../../replication/words/describe';
import { withEngine } from '../live/engine';
import type { Terminal } from '../terminal';
import type { DemoBrokers } from './brokers';
import { expect, type Story } from './story';

const queue = 'myqueue';
const sent = 1000;
const consumed = 300;
const sentAfterStop = 50;

/** Replicates a queue, works on it, verifies it, stops, and shows that it has stopped. */
export function replicateQueue(story: Story, brokers: DemoBrokers, terminal: Terminal): Promise<void> {
  const { origin, replica } = brokers;
  const replication: Replication = { queue, origin, replica, create: 'if-missing' };
  const onEvent = (event: EngineEvent): void => {
    if (event.type === 'change') story.line(`${event.broker}: ${event.text}`);
  };
  const options = { timeout: 30, allowPlainText: false, credentials: new Map(), onEvent };
  return withEngine(terminal, options, async (context) => {
    const [there, here] = [await context.connection(origin), await context.connection(replica)];

    story.chapter(`Create ${queue} on ${origin.name}, and replicate it to ${replica.name}`);
    await createQueue({ connection: there, broker: origin.name, onEvent }, queue, {});
    const started = await start(replication, context);
    expect(started.kind === 'started', describeStart(replication, started).message);
    story.line(await inStep(replication, context));

    story.chapter(
      `Send ${count(sent)} messages to ${origin.name}, and consume ${count(consumed)} of them there`,
    );
    await send(story, there, sent);
    const receiver = await there.openReceiver(queue, 'consume');
    expect((await receiver.take(consumed)).length === consumed, 'messages could not be consumed.');
    await receiver.close();
    story.line(
      `${origin.name} accepted ${count(sent)} messages, and ${count(consumed)} were consumed from it`,
    );
    story.line(await inStep(replication, context));

    story.chapter('Verify, message by message');
    const comparison = await compareQueues(there, here, queue);
    expect(comparison.equal, comparison.equal ? '' : comparison.difference);
    story.line(`Both queues hold the same ${count(comparison.count)} messages, in the same order.`);

    story.chapter('Stop the replication');
    const stopped = await stop(replication, context);
    expect(stopped.kind === 'stopped', describeStop(queue, replica.name, stopped).message);

    story.chapter(`Send ${count(sentAfterStop)} more to ${origin.name}: they no longer arrive`);
    await send(story, there, sentAfterStop);
    const [original, copied] = [await depth(there), await depth(here)];
    expect(original === sent - consumed + sentAfterStop, `${origin.name} holds ${original} messages.`);
    expect(copied === sent - consumed, `${replica.name} holds ${copied} messages.`);
    story.line(`${origin.name} holds ${count(original)} messages, ${replica.name} still ${count(copied)}.`);
  });
}

/** Asked of both brokers until it is so, for a copy takes a moment. */
async function inStep(replication: Replication, context: EngineContext): Promise<string> {
  const end = performance.now() + context.deadline;
  for (;;) {
    const seen = await status(replication, context);
    if (seen.state === 'in-step') return `${replication.replica.name} is ${describeState(seen)}`;
    const waiting = seen.state === 'catching-up' && performance.now() < end;
    expect(waiting, `the replica is ${describeState(seen)}. ${seen.cause ?? ''}`);
  }
}

async function send(story: Story, connection: BrokerConnection, messages: number): Promise<void> {
  const sender = await connection.openSender(queue);
  await story.progress('Sending', (update) =>
    sender.send(numbered(messages), (accepted) => update(`${count(accepted)} of ${count(messages)}`)),
  );
  await sender.close();
}

function* numbered(messages: number): Iterable<OutgoingMessage> {
  for (let number = 1; number <= messages; number += 1) yield { body: `message ${number}` };
}

async function depth(connection: BrokerConnection): Promise<number> {
  return Number((await connection.qmf.object(queueObject(queue)))?.values.msgDepth);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
