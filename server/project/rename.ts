import { isIPv6 } from 'node:net';
import { parseBrokerUrl } from '../address/broker-url';
import { quotable } from '../manifest/addresses';
import { spellLike } from '../manifest/spell';
import type { TextEdit } from '../text/edit';
import { hostsAround } from './hosts';
import type { Project } from './project';
import type { Named, NamedBroker, NamedHost } from './references';

/** The edits of a renaming, or why it cannot be: a sentence for the user. */
export type Renaming =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: string };

/** Gives another name to a broker in its manifest, or to a host in all files of its deployment. */
export function rename(project: Project, named: Named, newName: string): Renaming {
  const problem = unreadable(project, named) ?? badName(newName);
  if (problem !== undefined) return { ok: false, reason: problem };
  return named.kind === 'broker'
    ? renameBroker(project, named, newName)
    : renameHost(project, named, newName);
}

/** Why nothing can be renamed here, whatever the new name. */
export function unreadable({ manifests }: Project, { place }: Named): string | undefined {
  const faulty = manifests.get(place.uri)?.problems.some(({ kind }) => kind === 'syntax') === true;
  return faulty ? 'This manifest cannot be read as a whole: cure its syntax first.' : undefined;
}

function badName(name: string): string | undefined {
  if (name === '') return 'A name is needed.';
  if (name !== name.trim()) return 'A name does not begin or end with a blank.';
  return /[\0-\x1f\x7f-\x9f\u2028\u2029]/.test(name)
    ? 'A name is one line of visible characters.'
    : undefined;
}

function renameBroker({ manifests }: Project, { broker, place }: NamedBroker, name: string): Renaming {
  const manifest = manifests.get(place.uri);
  if (manifest === undefined) return { ok: false, reason: 'The manifest is gone.' };
  const taken = manifest.draft.brokers.some((other) => other.name.value === name && name !== broker.name);
  if (taken) return { ok: false, reason: `"${quotable(name)}" is another broker of this manifest.` };
  const { text, uri } = manifest.source;
  const isJson = /\.json$/i.test(uri);
  const edits = [...broker.definitions, ...broker.uses].map(({ span }) => {
    const written = text.slice(span.start, span.end);
    return { uri, span, newText: isJson ? JSON.stringify(name) : spellLike(written, name) };
  });
  return { ok: true, edits };
}

function renameHost(project: Project, { name: old, place, uses }: NamedHost, written: string): Renaming {
  const name = written.replace(/^\[(.*)\]$/, '$1');
  const newText = name.includes(':') ? `[${name}]` : name;
  if (!isHost(newText)) {
    const reason = `"${quotable(written)}" is no host: letters, digits, "-" and ".", or an IP address, without a port.`;
    return { ok: false, reason };
  }
  const wanted = name.toLowerCase();
  const taken = wanted !== old && hostsAround(project, place.uri).some(({ host }) => host === wanted);
  if (taken)
    return { ok: false, reason: `"${name}" is a host of these files already: two would become one.` };
  return { ok: true, edits: uses.map(({ uri, span }) => ({ uri, span, newText })) };
}

/** @param written an IPv6 address in brackets, as a URL has it. */
function isHost(written: string): boolean {
  if (written.startsWith('[')) return isIPv6(written.slice(1, -1));
  const parsed = parseBrokerUrl(written);
  const [member] = parsed.ok ? parsed.url.members : [];
  return member?.host === written && /[\p{L}\p{N}]/u.test(written);
}
