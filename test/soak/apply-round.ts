/** A manifest is applied, the command is killed at any moment, and applied again. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { qpidha, spawnCommand } from '../support/command-line';
import { createQueue, type Pair, piecesOn, replicateByHand } from '../support/replication';
import { contentOf, queuesOf, removeQueues } from './content';
import { IndependentClient } from './independent-client';
import type { Random } from './random';

export interface ApplyTally {
  killed: number;
  /** Until nothing was to be done any more. */
  runs: number;
  compared: number;
  aside: number;
  /** Milliseconds from the first word of an undisturbed run to its end. */
  took: number | undefined;
}

interface Setting {
  readonly pair: Pair;
  readonly name: string;
  readonly store: boolean;
  readonly random: Random;
}

/** What the replica broker holds of a queue before: nothing, old content, or a part of a replication. */
const beginnings = ['nothing', 'old content', 'running', 'replicator alone'] as const;

const originals = Array.from({ length: 40 }, (_, index) => `m${index}`);
const old = Array.from({ length: 15 }, (_, index) => `old${index}`);

/** Runs of `apply` until all must be as the manifest wants. */
const mostRuns = 5;

export class ApplyRound {
  private readonly folder = mkdtempSync(join(tmpdir(), 'qpidha-soak-'));
  private readonly manifest = join(this.folder, 'all.qpid.yaml');

  constructor(
    private readonly setting: Setting,
    private readonly tally: ApplyTally,
  ) {}

  async run(): Promise<void> {
    try {
      await this.prepared();
      await this.killed();
      await this.appliedAgain();
      for (const beginning of beginnings) await this.judged(beginning);
      await this.removed();
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  private queueOf(beginning: (typeof beginnings)[number]): string {
    return `${this.setting.name}-${beginning.replace(' ', '-')}`;
  }

  private async prepared(): Promise<void> {
    const { pair, store } = this.setting;
    const entries = beginnings.map(
      (beginning) => `  - { queue: ${this.queueOf(beginning)}, from: node1, to: node2 }\n`,
    );
    writeFileSync(
      this.manifest,
      `version: 1\nbrokers:\n  node1: { address: "${pair.origin.ref.endpoint.text}" }\n  node2: { address: "${pair.replica.ref.endpoint.text}" }\nreplications:\n${entries.join('')}`,
    );
    for (const beginning of beginnings) {
      const queue = this.queueOf(beginning);
      await createQueue(pair.origin, queue, { durable: store });
      await sendTo(pair.origin.port, queue, originals, store);
      if (beginning === 'nothing') continue;
      await createQueue(pair.replica, queue, { durable: store });
      if (beginning === 'old content') await sendTo(pair.replica.port, queue, old, store);
      else await replicateByHand(pair.replica, queue, pair.origin);
      if (beginning === 'replicator alone') await this.orphaned(queue);
    }
  }

  /** The link is gone with its bridge, and the hidden exchange stays. */
  private async orphaned(queue: string): Promise<void> {
    const { qmf } = await this.setting.pair.replica.connection();
    for (const { values } of await qmf.objects('bridge')) {
      if (values.src !== queue) continue;
      const link =
        String((values.linkRef as { _object_name?: string })._object_name ?? '')
          .split(':')
          .at(-1) ?? '';
      await qmf.call('org.apache.qpid.broker:broker:amqp-broker', 'delete', {
        type: 'link',
        name: link,
        options: {},
      });
    }
  }

  /** At a random moment after its first word; not at all where nobody knows yet how long it works. */
  private async killed(): Promise<void> {
    const { tally, setting } = this;
    const { took } = tally;
    const child = spawnCommand(this.command());
    let began: number | undefined;
    const begin = () => {
      if (began !== undefined) return;
      began = performance.now();
      if (took !== undefined) setTimeout(() => child.kill('SIGKILL'), setting.random.below(took));
    };
    child.stdout?.on('data', begin);
    child.stderr?.on('data', begin);
    await once(child, 'close');
    if (child.signalCode === 'SIGKILL') tally.killed += 1;
    else if (began !== undefined) tally.took = Math.min(took ?? 10_000, performance.now() - began);
  }

  private async appliedAgain(): Promise<void> {
    let last = '';
    for (let run = 0; run < mostRuns; run += 1) {
      this.tally.runs += 1;
      const { code, out, err } = await qpidha(this.command());
      last = `${out}${err}`;
      if (code === 0) return;
    }
    throw new Error(`apply does not come to an end: ${last}`);
  }

  private command(): readonly string[] {
    return ['apply', '--manifest', this.manifest, '--rebuild'];
  }

  private async judged(beginning: (typeof beginnings)[number]): Promise<void> {
    const { pair } = this.setting;
    const queue = this.queueOf(beginning);
    const copies = await contentOf(pair.replica, queue);
    if (copies.join() !== originals.join()) throw new Error(`${queue} holds ${copies.join()}`);
    const bridges = (await piecesOn(pair.replica, queue)).filter((piece) =>
      piece.includes(`qpid.ha-q:${queue}`),
    );
    if (bridges.length !== 2) throw new Error(`${queue} has ${bridges.join(', ')}`);
    const elsewhere = (await queuesOf(pair.replica, queue)).filter((name) => name !== queue);
    const aside = (await Promise.all(elsewhere.map((name) => contentOf(pair.replica, name)))).flat();
    const lost = beginning === 'old content' ? old.filter((id) => !aside.includes(id)) : [];
    if (lost.length > 0) throw new Error(`${queue} has lost ${lost.join()}`);
    this.tally.compared += copies.length;
    this.tally.aside += aside.length;
  }

  /** Each replication has one link, and there is no other. */
  private async removed(): Promise<void> {
    const { pair } = this.setting;
    const { qmf } = await pair.replica.connection();
    const links = await qmf.objects('link');
    if (links.length !== beginnings.length) throw new Error(`there are ${links.length} links`);
    const { code, err } = await qpidha(['stop', '--manifest', this.manifest]);
    if (code !== 0) throw new Error(`stop: ${err}`);
    const left = await qmf.objects('link');
    if (left.length > 0) throw new Error(`${left.length} links are left over`);
    for (const beginning of beginnings) await removeQueues(pair, this.queueOf(beginning));
  }
}

async function sendTo(port: number, queue: string, ids: readonly string[], durable: boolean): Promise<void> {
  const client = await IndependentClient.open(port);
  await client.send(queue, ids, durable, () => undefined);
  client.close();
}
