import type { DocumentUri } from '../../text/document';
import { isSlip, nearest } from '../../text/nearest';
import type { FindingDraft, Rule } from '../../text/rule';
import { quotable } from '../addresses';
import type { ManifestDocument } from '../manifest-document';
import { type ManifestText, spanWithin } from '../model';

/** Names that a message lists before it stops. */
const shownNames = 5;

/** Names of a file for which the one that was meant is searched: a file full of others gets so many guesses. */
const maximumSearches = 100;

export const unknownBroker: Rule<ManifestDocument> = {
  id: 'manifest/unknown-broker',
  title: 'A replication names a broker that is not declared',
  severity: 'error',
  why: '`from` and `to` are names under `brokers`. A name that is not declared there has no address, so the replication can neither be started nor watched.',
  source: 'The format of the manifest, version 1.',
  bad: [
    { files: { 'replicas.qpid.yaml': manifest('to: node3', 'node1', 'node2') } },
    {
      files: { 'replicas.qpid.yaml': manifest('to: replca', 'node1', 'replica') },
      fixed: { 'replicas.qpid.yaml': manifest('to: replica', 'node1', 'replica') },
    },
    { files: { 'replicas.qpid.yaml': manifest('to: 10.0.0.7:5672', 'node1', 'node2') } },
  ],
  good: [{ files: { 'replicas.qpid.yaml': manifest('to: node2', 'node1', 'node2') } }],
  check({ manifest, source }, report) {
    const names = manifest.brokers.map(({ name }) => name.value);
    // Without any broker the missing brokers are what is wrong.
    if (names.length === 0) return;
    const known = new Set(names);
    let searches = 0;
    for (const { from, to } of manifest.replications) {
      for (const [name, other] of [
        [from, to],
        [to, from],
      ] as const) {
        if (name === undefined || known.has(name.value)) continue;
        searches += 1;
        const guess = searches > maximumSearches ? undefined : guessOf(name, other, names);
        report(unknownName(name, guess, names, source.uri));
      }
    }
  },
};

interface Guess {
  readonly name: string;
  readonly certain: boolean;
}

/** @param other the name at the replication's other end, which cannot have been meant. */
function guessOf(
  { value, literalStart }: ManifestText,
  other: ManifestText | undefined,
  names: readonly string[],
): Guess | undefined {
  // `node3` is not a slip for `node2`: the digits of numbered hosts are what tells them apart.
  const similar = names.filter((known) => digits(known) === digits(value));
  const candidates = similar.filter((known) => known !== other?.value);
  const name = nearest(value, candidates);
  if (name === undefined) return undefined;
  const rivals = similar.filter((known) => known !== name);
  const plain = literalStart !== undefined && /^[A-Za-z][\w.-]*$/.test(name);
  return { name, certain: plain && isSlip(value, name) && nearest(value, rivals) === undefined };
}

function unknownName(
  name: ManifestText,
  guess: Guess | undefined,
  names: readonly string[],
  uri: DocumentUri,
): FindingDraft {
  const complaint = `No broker is declared as "${quotable(name.value)}".`;
  if (guess === undefined) {
    const list = names.slice(0, shownNames).map(quotable).join(', ');
    const rest = names.length > shownNames ? ', …' : '';
    return { uri, span: name.span, message: `${complaint} Declared: ${list}${rest}.` };
  }
  const edits = [{ uri, span: spanWithin(name, 0, name.value.length), newText: guess.name }];
  return {
    uri,
    span: name.span,
    message: `${complaint} Did you mean "${quotable(guess.name)}"?`,
    ...(guess.certain && { fix: { title: `Change it to "${guess.name}"`, edits } }),
  };
}

function digits(name: string): string {
  return name.replaceAll(/\D/g, '');
}

function manifest(to: string, ...brokers: readonly string[]): string {
  const declared = brokers.map((name) => `  ${name}: { address: ${name} }\n`).join('');
  return `version: 1\nbrokers:\n${declared}replications:\n  - queue: myqueue\n    from: ${brokers[0]}\n    ${to}\n`;
}
