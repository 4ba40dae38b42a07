import { type BrokerName, brokerNameAt, lettersOf } from '../manifest/broker-names';
import type { DocumentUri } from '../text/document';
import { type Span, touches } from '../text/span';
import { hostsAround } from './hosts';
import type { Project } from './project';

export interface Place {
  readonly uri: DocumentUri;
  readonly span: Span;
}

/** Something that has a name, and is named in several places. */
export type Named = NamedBroker | NamedHost;

interface NamedBase {
  readonly name: string;
  /** Where it was asked about. */
  readonly place: Place;
  /** Where it is declared; a host is declared nowhere. */
  readonly definitions: readonly Place[];
  readonly uses: readonly Place[];
}

export interface NamedBroker extends NamedBase {
  readonly kind: 'broker';
  readonly broker: BrokerName;
}

export interface NamedHost extends NamedBase {
  readonly kind: 'host';
}

/** What is named at an offset of a file: a broker of a manifest, or a host in an address. */
export function namedAt(project: Project, uri: DocumentUri, offset: number): Named | undefined {
  return brokerAt(project, uri, offset) ?? hostAt(project, uri, offset);
}

function brokerAt(project: Project, uri: DocumentUri, offset: number): NamedBroker | undefined {
  const manifest = project.manifests.get(uri);
  const broker = manifest && brokerNameAt(manifest, offset);
  if (broker === undefined) return undefined;
  const placeOf = (name: BrokerName['place']): Place => ({ uri, span: lettersOf(name) });
  return {
    kind: 'broker',
    name: broker.name,
    place: placeOf(broker.place),
    definitions: broker.definitions.map(placeOf),
    uses: broker.uses.map(placeOf),
    broker,
  };
}

function hostAt(project: Project, uri: DocumentUri, offset: number): NamedHost | undefined {
  const hosts = hostsAround(project, uri);
  const found = hosts.find((place) => place.uri === uri && touches(place.span, offset));
  if (found === undefined) return undefined;
  const uses = hosts.filter(({ host }) => host === found.host);
  return { kind: 'host', name: found.host, place: found, definitions: [], uses };
}
