/** A manifest of what brokers replicate. */
import { parseEndpoint } from '../address/endpoint';
import type { ReplicationState } from '../replication/contract';
import type { Survey, SurveyedReplication } from '../replication/survey';
import type { Draft, DraftBroker, DraftReplication, Omission } from './draft';
import type { Imported } from './imported';
import { nameBrokers } from './names';
import { sift } from './sift';

/** The names of named brokers stay; those that were found get one. */
export function fromSurvey(survey: Survey): Imported {
  const names = namesOf(survey);
  const nameOf = (name: string) => names.get(name) ?? name;
  const brokers = survey.brokers.map(
    ({ broker, address, remarks }): DraftBroker => ({ name: nameOf(broker.name), address, remarks }),
  );
  const entries = survey.replications.map((seen) => entryOf(seen, nameOf));
  const draft: Draft = {
    heading: [headingOf(survey)],
    brokers,
    replications: entries.flatMap(({ replication, omission }) =>
      omission === undefined ? [replication] : [],
    ),
    omissions: [
      ...entries.flatMap(({ omission }) => omission ?? []),
      ...survey.remains.map((reason) => ({ reason })),
    ],
  };
  return { draft: sift(draft), remarks: survey.remarks };
}

function headingOf({ brokers }: Survey): string {
  const named = brokers.filter(({ named }) => named).map(({ broker }) => broker.name);
  const last = named[named.length - 1] ?? '';
  const names = named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
  return `Written by "qpidha import", from what ${names} ${named.length === 1 ? 'replicates' : 'replicate'}.`;
}

function namesOf({ brokers }: Survey): ReadonlyMap<string, string> {
  const taken = brokers.filter(({ named }) => named).map(({ broker }) => broker.name);
  const found = brokers.filter(({ named }) => !named);
  const names = nameBrokers(
    found.map(({ broker, address }) => {
      const parsed = parseEndpoint(address);
      return { endpoint: parsed.ok ? parsed.endpoint : broker.endpoint };
    }),
    taken,
  );
  return new Map(found.map(({ broker }, index) => [broker.name, names[index] ?? broker.name]));
}

/** How each state is written: as it is; with what is amiss; or as a comment, for it is no replication to wish for. */
const writing: Readonly<Record<ReplicationState, 'plain' | 'ill' | 'omit'>> = {
  'in-step': 'plain',
  'catching-up': 'plain',
  connecting: 'plain',
  unverified: 'ill',
  stalled: 'ill',
  failed: 'ill',
  stale: 'ill',
  diverged: 'ill',
  'foreign-traffic': 'ill',
  'origin-without-ha': 'ill',
  absent: 'omit',
  'half-stopped': 'omit',
  doubled: 'omit',
};

interface Entry {
  readonly replication: DraftReplication;
  readonly omission: Omission | undefined;
}

function entryOf(seen: SurveyedReplication, nameOf: (name: string) => string): Entry {
  const { queue, origin, replica, linkAddress, status } = seen;
  const replication = {
    queue,
    from: nameOf(origin.name),
    to: nameOf(replica.name),
    linkAddress,
    remarks: [],
  };
  // Without the depths, which would be others at each import.
  const state = status.state.replaceAll('-', ' ').replace(' ha', ' HA');
  const amiss = sentence(`Seen ${state}${status.cause === undefined ? '' : `: ${status.cause}`}`);
  const unasked = status.originError !== undefined;
  switch (writing[status.state]) {
    case 'plain':
      return {
        replication: unasked ? { ...replication, remarks: [amiss] } : replication,
        omission: undefined,
      };
    case 'ill':
      return { replication: { ...replication, remarks: [amiss] }, omission: undefined };
    case 'omit': {
      const reason = `${JSON.stringify(queue)} on ${replication.to}: ${amiss} ${status.next ?? ''}`.trimEnd();
      return { replication, omission: { reason, replication } };
    }
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
