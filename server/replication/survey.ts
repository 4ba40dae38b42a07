/** What a set of brokers replicates: everything that a manifest of them would have to say. Changes nothing. */
import { formatMember } from '../address/endpoint';
import type { BrokerError } from '../amqp/broker-error';
import { brokerAt, comparable } from './addresses';
import type { BrokerRef, EngineContext, ReplicationStatus } from './contract';
import { isGoing, linkOf } from './observe/observation';
import type { BridgeView, LinkView } from './observe/observe';
import { withSharedLooks } from './observe/shared-looks';
import { stopIfCancelled } from './patience';
import { lookAt, orphanedReplicators } from './status';
import { lookAtFound, lookAtNamed, type SurveyLook } from './surveying/survey-look';
import { command } from './words/command';

export interface SurveyedBroker {
  /** Of a broker that nobody named, the name is the address of a link to it. */
  readonly broker: BrokerRef;
  readonly named: boolean;
  /** Where the broker is reached, with all members of its cluster. */
  readonly address: string;
  /** What a reader of the address should know, as sentences. */
  readonly remarks: readonly string[];
}

export interface SurveyedReplication {
  readonly queue: string;
  readonly origin: BrokerRef;
  readonly replica: BrokerRef;
  /** Where the link does not lead to an address of the origin. */
  readonly linkAddress: string | undefined;
  readonly status: ReplicationStatus;
}

export interface Survey {
  /** The named ones in their order, and then the origins that were found. */
  readonly brokers: readonly SurveyedBroker[];
  /** By the order of the brokers, and then of the queues' names. */
  readonly replications: readonly SurveyedReplication[];
  /** What is there and is no replication, or leads to brokers that nobody named, as sentences. */
  readonly remains: readonly string[];
  /** What is only worth knowing. */
  readonly remarks: readonly string[];
}

/**
 * The named brokers are asked what they replicate, and then both ends of each replication. An origin that is not
 * among them is asked at the address of its link. Throws `BrokerError` when a named broker cannot be asked.
 */
export async function survey(named: readonly BrokerRef[], unshared: EngineContext): Promise<Survey> {
  const context = withSharedLooks(unshared);
  const { looks, remarks } = await lookAtNamed(named, context);
  const surveying = new Surveying(looks, context);
  const replications: SurveyedReplication[] = [];
  for (const look of looks) replications.push(...(await surveying.replicationsOf(look)));
  stopIfCancelled(context.signal, 'qpidha', 'looking at what is replicated');
  const remains = [
    ...surveying.remains,
    ...(await Promise.all(looks.map((look) => remainsOf(look, context)))).flat(),
    ...looks.flatMap((look) => unknownReplicas(look, looks)),
  ];
  const brokers = [...looks, ...surveying.found].map(({ broker, address, ...look }) => ({
    broker,
    address,
    named: look.named,
    remarks: look.remarks,
  }));
  return { brokers, replications, remains, remarks: [...remarks, ...surveying.unexplored()] };
}

class Surveying {
  readonly found: SurveyLook[] = [];
  readonly remains: string[] = [];
  private readonly unreachable = new Map<string, BrokerError>();
  private readonly finding = new Map<string, Promise<SurveyLook>>();

  constructor(
    private readonly named: readonly SurveyLook[],
    private readonly context: EngineContext,
  ) {}

  async replicationsOf(look: SurveyLook): Promise<readonly SurveyedReplication[]> {
    const { inventory } = look;
    if (inventory === undefined) return [];
    // Of several bridges that feed one queue, the status tells.
    const first = new Map<string, BridgeView>();
    for (const bridge of inventory.bridges) if (!first.has(bridge.queue)) first.set(bridge.queue, bridge);
    const bridges = [...first.values()].sort((one, other) => compare(one.queue, other.queue));
    // Origins are found in the order of the queues, however long each takes to answer.
    const routes: { bridge: BridgeView; link: LinkView | undefined; origin: SurveyLook | undefined }[] = [];
    for (const bridge of bridges) {
      const link = linkOf(inventory, bridge);
      routes.push({ bridge, link, origin: await this.originOf(look, bridge, link) });
    }
    const seen = routes.map(async ({ bridge: { queue }, link, origin }) => {
      if (origin === undefined) {
        this.remains.push(
          `${look.broker.name} has a bridge for "${queue}" whose link leads nowhere; remove it: ${command('stop', { queue, replica: look.broker })}.`,
        );
        return [];
      }
      const linkAddress = link && linkAddressOf(link, origin);
      const replication = {
        queue,
        origin: origin.broker,
        replica: look.broker,
        create: 'if-missing' as const,
        ...(linkAddress === undefined ? {} : { linkAddress }),
      };
      const { status } = await lookAt(replication, this.context, this.unreachable);
      return [{ queue, origin: origin.broker, replica: look.broker, linkAddress, status }];
    });
    return (await Promise.all(seen)).flat();
  }

  /** By the subscription on the origin, which proves it; else by the link's address; else whoever answers there. */
  private async originOf(replica: SurveyLook, bridge: BridgeView, link: LinkView | undefined) {
    const others = this.named.filter((look) => look !== replica);
    const proven = others.find(({ subscriptions }) =>
      subscriptions.some(
        ({ queue, systemId, session }) =>
          queue === bridge.queue &&
          (session.includes(bridge.name) ||
            (systemId !== undefined && systemId === replica.inventory?.ha?.systemId)),
      ),
    );
    if (proven !== undefined || link === undefined) return proven;
    const address = comparable(link);
    return others.find(({ addresses }) => addresses.has(address)) ?? this.find(link, address);
  }

  private async find(link: LinkView, address: string): Promise<SurveyLook | undefined> {
    const broker = brokerAt(link);
    if (broker === undefined) return undefined;
    const finding = this.finding.get(address) ?? lookAtFound(broker, this.context, this.unreachable);
    this.finding.set(address, finding);
    const look = await finding;
    const same = [...this.named, ...this.found].find((known) => isSame(known, look, address));
    if (same !== undefined) return same;
    this.found.push(look);
    return look;
  }

  /** What was found may be fed by others: whoever wants that too has to name it. */
  unexplored(): readonly string[] {
    return this.found.flatMap(({ broker, inventory }) => {
      const queues = inventory?.bridges.length ?? 0;
      if (queues === 0) return [];
      return [
        `${broker.name} replicates ${queues === 1 ? 'a queue' : `${queues} queues`} from others itself: add "--broker ${broker.endpoint.text}" to import ${queues === 1 ? 'it' : 'them'}.`,
      ];
    });
  }
}

function isSame(known: SurveyLook, look: SurveyLook, address: string): boolean {
  if (known === look || known.addresses.has(address)) return true;
  const ids = known.inventory?.ha;
  const systemId = look.inventory?.ha?.systemId;
  if (ids === undefined || systemId === undefined) return false;
  return ids.systemId === systemId || (ids.memberIds?.includes(systemId) ?? false);
}

/** As `replicate` was told, as far as the link shows it: undefined where the origin's own address says the same. */
function linkAddressOf(link: LinkView, { endpoint, members }: SurveyLook): string | undefined {
  const here = comparable(link);
  const secure = link.transport === 'ssl';
  if (endpoint.members.some((member) => comparable(member) === here && member.tls === secure)) {
    return undefined;
  }
  const listed = members.some((member) => comparable(member) === here);
  const all = listed ? members : [{ host: link.host, port: link.port, transport: link.transport }];
  return all.map((member) => `${member.transport === 'ssl' ? 'ssl:' : ''}${formatMember(member)}`).join(',');
}

/** On the primary of a cluster, links and replicators without bridges are the cluster's own. */
async function remainsOf(
  { broker, inventory }: SurveyLook,
  context: EngineContext,
): Promise<readonly string[]> {
  if (inventory === undefined || inventory.ha?.status !== 'standalone') return [];
  const name = broker.name;
  const links = inventory.spareLinks.filter((link) => !isGoing(link));
  const fed = new Set(inventory.bridges.map(({ queue }) => queue));
  const queues = await orphanedReplicators(await context.connection(broker), inventory, fed);
  return [
    ...links.map(
      (link) =>
        `${name} has a link left over, to ${formatMember(link)}: no bridge uses it; remove it: ${command('stop', { replica: broker, leftOver: true })}.`,
    ),
    ...queues.map(
      (queue) =>
        `${name} has a replicator left over, of "${queue}"; remove it: ${command('stop', { queue, replica: broker })}.`,
    ),
  ];
}

/** Who replicates from a named broker and is neither named nor a member of its cluster. */
function unknownReplicas(look: SurveyLook, all: readonly SurveyLook[]): readonly string[] {
  const known = new Set([
    ...all.flatMap(({ inventory }) => inventory?.ha?.systemId ?? []),
    ...(look.inventory?.ha?.memberIds ?? []),
  ]);
  const queues = look.subscriptions
    .filter(({ systemId }) => systemId === undefined || !known.has(systemId))
    .map(({ queue }) => queue);
  return [...new Set(queues)]
    .sort(compare)
    .map(
      (queue) =>
        `"${queue}" of ${look.broker.name} is also replicated to a broker that was not named: add it with --broker.`,
    );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
