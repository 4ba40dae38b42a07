import { BrokerError } from '../../amqp/broker-error';
import type { QmfValue } from '../../amqp/contract';
import { createQueue } from '../../replication/change/actions';
import { exitCode, UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { brokerFromAddress } from './addresses';
import { withEngine } from './engine';
import { createNarrator } from './narrator';
import { startCommand } from './start';
import { between, selection } from './targets';

export interface AddQueueOptions {
  readonly broker: string;
  readonly startReplica?: string;
  readonly durable?: true;
  readonly argument: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  readonly allowPlainText: boolean;
}

/** `qpidha add queue NAME`, as `qpid-config` takes it; with `--start-replica` a new replica. */
export function addQueueCommand(
  type: string,
  name: string,
  options: AddQueueOptions,
  terminal: Terminal,
): Promise<number> {
  if (type !== 'queue') throw new UsageError(`"add ${type}" is not known: only queues can be added.`);
  return options.startReplica === undefined
    ? addPlain(name, options, terminal)
    : addReplica(name, options.startReplica, options, terminal);
}

function addReplica(
  queue: string,
  originAddress: string,
  options: AddQueueOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.durable === true || options.argument.length > 0) {
    throw new UsageError(
      'A replica takes its kind and arguments from the origin: --durable and --argument do not go with --start-replica.',
      'Create the queue first with the arguments that you want, then "qpidha replicate" into it.',
    );
  }
  const origin = brokerFromAddress(originAddress, '--start-replica');
  const replica = brokerFromAddress(options.broker, '--broker');
  return startCommand(between(queue, origin, replica, 'if-missing'), { ...options, json: false }, terminal);
}

async function addPlain(queue: string, options: AddQueueOptions, terminal: Terminal): Promise<number> {
  const named = brokerFromAddress(options.broker, '--broker');
  const { credentials } = selection([], [named]);
  const narrator = createNarrator(terminal);
  const properties = {
    ...Object.fromEntries(options.argument.map(queueArgument)),
    durable: options.durable === true,
  };
  const { broker } = named;
  try {
    await withEngine(terminal, { ...options, credentials, onEvent: narrator.onEvent }, async (context) => {
      const connection = await context.connection(broker);
      await createQueue({ connection, broker: broker.name, onEvent: context.onEvent }, queue, properties);
    });
    narrator.done();
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    narrator.conclude('error', error.message);
    return exitCode.findings;
  }
}

/** `NAME=VALUE`; whole numbers are sent as such, as `qpid-config` does. */
function queueArgument(text: string): [string, QmfValue] {
  const [name = '', value] = text.split(/=(.*)/s, 2);
  if (name === '' || value === undefined) throw new UsageError(`--argument "${text}" is not NAME=VALUE.`);
  return [name, /^-?[0-9]{1,15}$/.test(value) ? Number(value) : value];
}
