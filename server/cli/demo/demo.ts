import { exitCode } from '../exit-code';
import type { Terminal } from '../terminal';
import { type DemoBrokers, startBrokers } from './brokers';
import { copyExample } from './example';
import { mendConfiguration } from './lint';
import { replicateQueue } from './replication';
import { BrokenPromise, tellStory } from './story';

/**
 * `qpidha demo`: the whole way from a configuration with a mistake to a replicated queue, on embedded brokers and a
 * copy of an example. Each claim that it prints is checked first; one that does not hold ends it with exit code 1.
 */
export async function demoCommand(terminal: Terminal): Promise<number> {
  const story = tellStory(terminal);
  const example = copyExample('two-brokers');
  let brokers: DemoBrokers | undefined;
  try {
    await mendConfiguration(story, example.folder, terminal);
    story.chapter('Start both brokers, embedded in this process, with these configurations');
    brokers = await startBrokers(example.folder);
    for (const { name, endpoint } of [brokers.origin, brokers.replica]) {
      story.line(`${name} listens on ${endpoint.text}`);
    }
    await replicateQueue(story, brokers, terminal);
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error;
    terminal.say(`\nThe demonstration went wrong: ${error.message}\n`);
    return exitCode.findings;
  } finally {
    await brokers?.stop();
    example.remove();
  }
  story.chapter('Leave nothing behind');
  story.line('Both brokers are stopped, and the copy is removed.');
  return exitCode.ok;
}
