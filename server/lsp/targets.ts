import { parseEndpoint } from '../address/endpoint';
import type { Credentials } from '../amqp/contract';
import { Secret } from '../amqp/secret';
import { parseManifest } from '../manifest/manifest-document';
import type { Manifest } from '../manifest/model';
import { manifestRules } from '../manifest/rules';
import type { BrokerRef, Replication } from '../replication/contract';
import { desiredReplications } from '../replication/planning/desired';
import type { SourceDocument } from '../text/document';
import { errorsIn } from '../text/rule';
import type { ReplicationResult, ReplicationTarget } from './requests';
import type { Session } from './session';

/** What a live request is to work on. */
export interface Selected extends Omit<Replication, 'origin'> {
  /** Undefined where the user named the replica broker only. */
  readonly origin: BrokerRef | undefined;
  /** Logins that came with typed addresses, by broker name. */
  readonly logins: ReadonlyMap<string, Credentials>;
}

/** Why nothing is done. */
interface Refused {
  readonly ok: false;
  readonly result: ReplicationResult;
}

export type Selection = { readonly ok: true; readonly selected: Selected } | Refused;

export type FoundManifest = { readonly ok: true; readonly manifest: Manifest } | Refused;

export function select(session: Session, target: ReplicationTarget): Selection {
  switch (target.kind) {
    case 'manifest':
      return fromManifest(session, target);
    case 'addresses':
      return fromAddresses(target);
  }
}

/** A manifest with errors is not acted upon: a part of it may mean something else than its author thinks. */
export function manifestAt(session: Session, uri: string): FoundManifest {
  return manifestIn(session.analysis.source(uri));
}

/** Undefined: there is no such file. */
export function manifestIn(source: SourceDocument | undefined): FoundManifest {
  if (source === undefined) return refusal('The manifest cannot be read.', 'Save it, and try again.');
  const document = parseManifest(source);
  const errors = errorsIn(manifestRules, document);
  if (errors.length === 0) return { ok: true, manifest: document.manifest };
  const details = errors.map(
    ({ span, message }) => `line ${source.lines.positionAt(span.start).line + 1}: ${message}`,
  );
  const what = 'The manifest has errors, so nothing was done.';
  return refusal(what, 'Fix the errors that the editor shows in it.', details);
}

function fromManifest(session: Session, target: Extract<ReplicationTarget, { kind: 'manifest' }>): Selection {
  const found = manifestAt(session, target.uri);
  if (!found.ok) return found;
  const wanted = desiredReplications(found.manifest).find(
    ({ replication }) => replication.queue === target.queue && replication.replica.name === target.replica,
  );
  if (wanted === undefined) {
    const what = `The manifest declares no replication of "${target.queue}" to ${target.replica}.`;
    return refusal(what, 'Look at its section "replications".');
  }
  return { ok: true, selected: { ...wanted.replication, logins: new Map() } };
}

function fromAddresses(target: Extract<ReplicationTarget, { kind: 'addresses' }>): Selection {
  const logins = new Map<string, Credentials>();
  const faults: string[] = [];
  const broker = (role: string, address: string): BrokerRef | undefined => {
    const parsed = parseEndpoint(address);
    if (!parsed.ok) {
      faults.push(`The address of the ${role} broker is malformed: ${parsed.reason}.`);
      return undefined;
    }
    const { endpoint, user, password } = parsed;
    const name = endpoint.text;
    if (user !== undefined) logins.set(name, { username: user, password: new Secret(password ?? '') });
    return { name, endpoint };
  };
  const origin = target.origin === undefined ? undefined : broker('origin', target.origin);
  const replica = broker('replica', target.replica);
  if (replica === undefined || faults.length > 0) {
    return refusal(faults.join(' '), 'Write host, host:port, or amqps://host for TLS.');
  }
  return { ok: true, selected: { queue: target.queue, origin, replica, create: 'if-missing', logins } };
}

function refusal(message: string, next: string, details: readonly string[] = []): Refused {
  return { ok: false, result: { severity: 'error', message, next, details } };
}
