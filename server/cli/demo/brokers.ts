import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEndpoint } from '../../address/endpoint';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../embedded-broker/embedded-broker';
import { settingsFromConf } from '../../embedded-broker/settings-from-conf';
import { parseConf } from '../../qpidd-conf/model';
import type { BrokerRef } from '../../replication/contract';
import { documentFromBytes } from '../../text/document';

export interface DemoBrokers {
  readonly origin: BrokerRef;
  readonly replica: BrokerRef;
  stop(): Promise<void>;
}

/** The brokers `node1` and `node2` of the example, each with its `qpidd.conf`, on free ports of this machine. */
export async function startBrokers(folder: string): Promise<DemoBrokers> {
  const running: EmbeddedBroker[] = [];
  const startOne = async (name: string): Promise<BrokerRef> => {
    const bytes = readFileSync(join(folder, name, 'qpidd.conf'));
    const settings = settingsFromConf(parseConf(documentFromBytes(`demo:${name}`, bytes)));
    const broker = await startEmbeddedBroker({ settings, port: 0 });
    running.push(broker);
    return brokerAt(name, broker.port);
  };
  return {
    origin: await startOne('node1'),
    replica: await startOne('node2'),
    async stop() {
      await Promise.all(running.map((broker) => broker.stop()));
    },
  };
}

function brokerAt(name: string, port: number): BrokerRef {
  const parsed = parseEndpoint(`127.0.0.1:${port}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return { name, endpoint: parsed.endpoint };
}
