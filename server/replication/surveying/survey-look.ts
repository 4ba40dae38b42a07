/** One broker of a survey: what it replicates, who replicates from it, and where it is reached. */
import { type BrokerUrlMember, parseBrokerUrl } from '../../address/broker-url';
import { type Endpoint, formatMember, parseEndpoint } from '../../address/endpoint';
import { BrokerError } from '../../amqp/broker-error';
import { comparable } from '../addresses';
import type { BrokerRef, EngineContext } from '../contract';
import { type Inventory, observeInventory, observeReplicas, type SubscriptionView } from '../observe/observe';

export interface SurveyLook {
  readonly broker: BrokerRef;
  readonly named: boolean;
  /** As given, and with it the members of its cluster that were not given. */
  readonly address: string;
  /** What `address` says. */
  readonly endpoint: Endpoint;
  /** All members of its cluster, as they reach each other; none of a broker that stands alone. */
  readonly members: readonly BrokerUrlMember[];
  /** Every address by which it is known, fit for comparing. */
  readonly addresses: ReadonlySet<string>;
  /** As sentences. */
  readonly remarks: readonly string[];
  /** Undefined where it could not be asked. */
  readonly inventory: Inventory | undefined;
  readonly subscriptions: readonly (SubscriptionView & { readonly queue: string })[];
}

export interface NamedLooks {
  /** Each broker or cluster once. */
  readonly looks: readonly SurveyLook[];
  /** What was named twice, or as a backup. */
  readonly remarks: readonly string[];
}

/** Throws `BrokerError` when one of them cannot be asked, unless it is a backup of another. */
export async function lookAtNamed(named: readonly BrokerRef[], context: EngineContext): Promise<NamedLooks> {
  const results = await Promise.allSettled(named.map((broker) => look(broker, true, context)));
  const looks: SurveyLook[] = [];
  const remarks: string[] = [];
  for (const result of results) {
    if (result.status === 'rejected') continue;
    const twin = looks.find((known) => isOneBroker(known, result.value));
    if (twin === undefined) looks.push(result.value);
    else remarks.push(`${result.value.broker.name} and ${twin.broker.name} are one broker: written once.`);
  }
  results.forEach((result, index) => {
    const broker = named[index];
    if (result.status === 'fulfilled' || broker === undefined) return;
    const primary = looks.find(({ addresses }) =>
      broker.endpoint.members.every((member) => addresses.has(comparable(member))),
    );
    if (primary === undefined || !isClosed(result.reason)) throw result.reason;
    remarks.push(
      `${broker.name} is a backup of the cluster of ${primary.broker.name}: what it replicates is the cluster's own.`,
    );
  });
  return { looks, remarks };
}

/** A backup lets no client in. */
function isClosed(error: unknown): boolean {
  return error instanceof BrokerError && error.kind === 'closed';
}

function isOneBroker(one: SurveyLook, other: SurveyLook): boolean {
  const id = one.inventory?.ha?.systemId;
  if (id !== undefined && id === other.inventory?.ha?.systemId) return true;
  return one.broker.endpoint.members.some((member) =>
    other.broker.endpoint.members.some((second) => comparable(member) === comparable(second)),
  );
}

/** An origin at the address of a link. One that cannot be asked is written as it is. */
export async function lookAtFound(
  broker: BrokerRef,
  context: EngineContext,
  unreachable: Map<string, BrokerError>,
): Promise<SurveyLook> {
  try {
    return await look(broker, false, context);
  } catch (error) {
    if (!(error instanceof BrokerError) || context.signal.aborted) throw error;
    unreachable.set(broker.endpoint.text, error);
    const reason = error.text ?? error.kind;
    return {
      ...addressOf(broker, undefined),
      broker,
      named: false,
      remarks: [`From here it could not be asked: ${reason}.`],
      inventory: undefined,
      subscriptions: [],
    };
  }
}

async function look(broker: BrokerRef, named: boolean, context: EngineContext): Promise<SurveyLook> {
  context.onEvent({ type: 'look', broker: broker.name, text: 'looking at its replications' });
  const connection = await context.connection(broker);
  const [inventory, subscriptions] = await Promise.all([
    observeInventory(connection),
    observeReplicas(connection),
  ]);
  return { ...addressOf(broker, inventory), broker, named, inventory, subscriptions };
}

type Place = Pick<SurveyLook, 'address' | 'endpoint' | 'members' | 'addresses' | 'remarks'>;

/**
 * The address as given comes first. The other members of its cluster follow where we would reach them as the members
 * reach each other: over the same transport, and under names like the given one.
 */
function addressOf({ endpoint }: BrokerRef, inventory: Inventory | undefined): Place {
  const cluster = inventory?.ha !== undefined && inventory.ha.status !== 'standalone';
  const members = cluster ? membersOf(inventory.ha?.brokersUrl) : [];
  const listed = new Set(members.map(comparable));
  const given = new Set(endpoint.members.map(comparable));
  const addresses = new Set([...given, ...listed]);
  const others = members.filter((member) => !given.has(comparable(member)));
  const asGiven = { address: endpoint.text, endpoint, members, addresses, remarks: [] };
  if (others.length === 0) return asGiven;
  const secure = endpoint.members.some(({ tls }) => tls);
  const fits =
    endpoint.members.every((member) => listed.has(comparable(member))) &&
    others.every(({ transport }) => (transport === 'ssl') === secure);
  const text = others
    .map((member) => `${member.transport === 'ssl' ? 'ssl:' : ''}${formatMember(member)}`)
    .join(',');
  const all = fits ? parseEndpoint(`${endpoint.text},${text}`) : undefined;
  if (all?.ok !== true) {
    const remark = `It is a cluster, whose members know each other as ${members.map(formatMember).join(', ')}: name here all that are reached from here.`;
    return { ...asGiven, remarks: [remark] };
  }
  return { ...asGiven, address: all.endpoint.text, endpoint: all.endpoint };
}

function membersOf(url: string | undefined): readonly BrokerUrlMember[] {
  const parsed = url === undefined || url === '' ? undefined : parseBrokerUrl(url);
  return parsed?.ok ? parsed.url.members : [];
}
