/** The least rights, on real brokers that know their users and deny everything else. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BrokerError } from '../../server/amqp/broker-error';
import type { EngineContext, Replication } from '../../server/replication/contract';
import { cutover } from '../../server/replication/cutover';
import { stopOrderly } from '../../server/replication/orderly-stop';
import { rebuild } from '../../server/replication/rebuild';
import { start } from '../../server/replication/start';
import { status } from '../../server/replication/status';
import { stop } from '../../server/replication/stop';
import { verify } from '../../server/replication/verify';
import { brokerKinds, startBroker, type TestBroker } from '../support/brokers';
import { createQueue, engine, numbered, piecesOn, replicationOf, send } from '../support/replication';
import { linkRights, type Rights, rightsOf, type Verb, type VerbRights } from '../support/rights';
import { createUsers } from '../support/sasl';

const users = brokerKinds.includes('qpidd') ? createUsers(['tests', 'engine', 'links']) : undefined;
const accepted = new Set<never>();

interface Outcome {
  readonly kind?: string;
  readonly state?: string;
  readonly error?: BrokerError;
}

interface Case {
  /** How things are before. `stopped`: with the old content on the replica. */
  readonly before: 'nothing' | 'running' | 'stopped';
  run(replication: Replication, context: EngineContext): Promise<Outcome>;
  readonly good: string;
}

const cases: Readonly<Record<Verb, Case>> = {
  status: { before: 'running', run: status, good: 'in-step' },
  start: { before: 'nothing', run: start, good: 'started' },
  stop: { before: 'running', run: stop, good: 'stopped' },
  verify: { before: 'running', run: verify, good: 'equal' },
  'keep-usable': {
    before: 'running',
    run: (replication, context) =>
      stopOrderly(replication, context, { drain: false, keepUsable: true, accepted }),
    good: 'stopped',
  },
  rebuild: {
    before: 'stopped',
    run: (replication, context) => rebuild(replication, context, { accepted, discard: false }),
    good: 'rebuilt',
  },
  discard: {
    before: 'stopped',
    run: (replication, context) => rebuild(replication, context, { accepted, discard: true }),
    good: 'rebuilt',
  },
  cutover: {
    before: 'running',
    run: (replication, context) => cutover(replication, context, { accepted }),
    good: 'cut-over',
  },
};

const verbs = Object.keys(cases) as readonly Verb[];

class Guarded {
  constructor(
    readonly broker: TestBroker,
    private readonly file: string,
  ) {}

  /** From now on. The tests' own user may do everything. */
  async allow(engine: readonly string[], links: readonly string[], queue: string): Promise<void> {
    const lines = [
      'tests@QPID all all',
      ...engine.map((right) => `engine@QPID ${right}`),
      ...links.map((right) => `links@QPID ${right}`),
    ];
    writeFileSync(
      this.file,
      `${lines.map((line) => `acl allow ${line.replaceAll('%', queue)}\n`).join('')}acl deny all all\n`,
    );
    const { qmf } = await this.broker.connection();
    const [acl] = await qmf.objects('acl');
    await qmf.call(acl?.name ?? '', 'reloadACLFile', {});
  }
}

async function startGuarded(name: string): Promise<Guarded> {
  assert.ok(users);
  const file = join(mkdtempSync(join(tmpdir(), 'qpidha-rights-')), 'rights.acl');
  writeFileSync(file, 'acl allow tests@QPID all all\nacl deny all all\n');
  const args = [...users.args('links'), `--acl-file=${file}`];
  return new Guarded(
    await startBroker('qpidd', { name, args, credentials: users.credentials('tests') }),
    file,
  );
}

if (users !== undefined) {
  describe('the least rights', () => {
    let origin: Guarded;
    let replica: Guarded;
    let number = 0;
    before(async () => {
      [origin, replica] = await Promise.all([startGuarded('node1'), startGuarded('node2')]);
    });
    after(() => Promise.all([origin.broker.stop(), replica.broker.stop()]));
    const pair = () => ({ origin: origin.broker, replica: replica.broker });

    const as = <Result>(user: string, work: (context: EngineContext) => Promise<Result>, deadline = 15_000) =>
      engine(work, { credentials: users.credentials(user), deadline });

    async function prepared(state: Case['before']): Promise<Replication> {
      number += 1;
      const queue = `rights${number}`;
      await allow({ origin: [], replica: [] }, queue);
      await createQueue(origin.broker, queue);
      await send(origin.broker, queue, numbered(5));
      const replication = replicationOf(queue, pair());
      if (state === 'nothing') return replication;
      const started = await as('tests', (context) => start(replication, context));
      assert.equal(started.kind, 'started', JSON.stringify(started));
      if (state === 'stopped') await as('tests', (context) => stop(replication, context));
      return replication;
    }

    async function allow(rights: Rights, queue: string, links = linkRights): Promise<void> {
      await origin.allow(rights.origin, links.origin, queue);
      await replica.allow(rights.replica, links.replica, queue);
    }

    /** Queues of the replica broker with their depths, and the pieces of the replication. */
    async function held(queue: string): Promise<ReadonlyMap<string, string>> {
      const { qmf } = await replica.broker.connection();
      const queues = (await qmf.objects('queue')).filter(({ values }) =>
        String(values.name).startsWith(queue),
      );
      return new Map([
        ...queues.map(({ values }) => [`"${values.name}"`, String(values.msgDepth)] as const),
        ...(await piecesOn(replica.broker, queue)).map(
          (piece) => [piece.split(' ')[0] ?? '', 'there'] as const,
        ),
      ]);
    }

    for (const verb of verbs) {
      const { before: state, run, good } = cases[verb];
      const needed: VerbRights = rightsOf[verb];
      const { optional } = needed;
      const all: Rights = {
        origin: [...needed.origin, ...(optional?.origin ?? [])],
        replica: [...needed.replica, ...(optional?.replica ?? [])],
      };

      it(`are enough for ${verb}, with and without what is optional`, async () => {
        for (const rights of [all, needed]) {
          const replication = await prepared(state);
          await allow(rights, replication.queue);
          const outcome = await as('engine', (context) => run(replication, context));
          assert.equal(resultOf(outcome), good, JSON.stringify(outcome));
        }
      });

      for (const side of ['origin', 'replica'] as const) {
        it(`are all needed on the ${side} for ${verb}, and what is missing is told, with what was done`, async () => {
          for (const right of needed[side]) {
            const replication = await prepared(state);
            const { queue } = replication;
            await allow({ ...all, [side]: all[side].filter((other) => other !== right) }, queue);
            const earlier = await held(queue);
            const outcome = await as('engine', (context) => run(replication, context), 3000).catch(asOutcome);
            const said = wordsOf(outcome);
            assert.notEqual(resultOf(outcome), good, `without "${right}": ${said}`);
            assert.match(
              said,
              new RegExp(`${side === 'origin' ? 'node1' : 'node2'}(:| could not be asked:)? `),
              right,
            );
            assert.match(said, /ACL denied|Forbidden|cannot publish/, right);
            const later = await held(queue);
            const unsaid = [...new Set([...earlier.keys(), ...later.keys()]).values()].filter(
              (piece) => earlier.get(piece) !== later.get(piece) && !said.includes(piece),
            );
            assert.deepEqual(unsaid, [], `without "${right}": ${said}`);
          }
        });
      }
    }
  });
}

function resultOf(outcome: Outcome): string | undefined {
  return outcome.kind ?? outcome.state;
}

/** What only looks throws. */
function asOutcome(error: unknown): Outcome {
  if (!(error instanceof BrokerError)) throw error;
  return { kind: 'failed', error };
}

/** All that a user may read of it. */
function wordsOf(outcome: Outcome): string {
  const words = JSON.stringify(outcome, (_key, value: unknown) => {
    if (value instanceof Error) return value.message;
    return typeof value === 'bigint' ? String(value) : value;
  });
  return words.replaceAll('\\"', '"');
}
