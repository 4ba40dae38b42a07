import { type Span, touches } from '../text/span';
import type { ManifestDocument } from './manifest-document';
import type { ManifestText } from './model';

/** A broker's name, wherever one manifest writes it. Names mean nothing outside their manifest. */
export interface BrokerName {
  readonly name: string;
  /** Where it was found. */
  readonly place: ManifestText;
  /** The key of the broker; several, where it is declared twice. */
  readonly definitions: readonly ManifestText[];
  /** The ends of replications, each place once. */
  readonly uses: readonly ManifestText[];
}

/** The name at an offset, also in a manifest with faults. */
export function brokerNameAt(document: ManifestDocument, offset: number): BrokerName | undefined {
  const places = namesIn(document);
  const place = places.find(({ span }) => touches(span, offset));
  return place && brokerNamed(document, place);
}

function namesIn({ draft }: ManifestDocument): readonly ManifestText[] {
  return [...draft.brokers.map(({ name }) => name), ...usesIn(draft)];
}

function usesIn({ replications }: ManifestDocument['draft']): readonly ManifestText[] {
  return replications.flatMap(({ from, to }) => [from, to]).filter((name) => name !== undefined);
}

function brokerNamed({ draft }: ManifestDocument, place: ManifestText): BrokerName {
  const same = ({ value }: ManifestText) => value === place.value;
  return {
    name: place.value,
    place,
    definitions: distinct(draft.brokers.map(({ name }) => name).filter(same)),
    uses: distinct(usesIn(draft).filter(same)),
  };
}

/** What merged mappings repeat is written once. */
function distinct(names: readonly ManifestText[]): readonly ManifestText[] {
  return [...new Map(names.map((name) => [name.span.start, name])).values()];
}

/** Where the letters of a name stand, without the quotes around them. */
export function lettersOf({ span, literalStart, value }: ManifestText): Span {
  return literalStart === undefined ? span : { start: literalStart, end: literalStart + value.length };
}
