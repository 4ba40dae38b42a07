import type { DocumentUri, SourceDocument } from '../../text/document';
import type { Span } from '../../text/span';

/** Where each file of a project holds what nothing may show, or let anybody guess. */
export type Secrets = ReadonlyMap<DocumentUri, readonly Span[]>;

/** A key that says that a secret follows. */
const secretKey = /passw|passphrase|secret|credential|token|(?:^|[^a-z])(?:pass|pwd?)(?:[^a-z]|$)/i;

/** True for a text in front of a value that is not to be looked at. */
export function saysSecret(text: string): boolean {
  return secretKey.test(text);
}

/**
 * A part of a file without what is secret in it: a hash of what is left tells nothing of a password. Where an `@` is,
 * there may be a login, however odd its address is, and nothing is left.
 */
export function masked({ text, uri }: SourceDocument, { start, end }: Span, secrets: Secrets): string {
  let shown = '';
  let position = start;
  const inside = (secrets.get(uri) ?? []).filter((secret) => secret.start < end && start < secret.end);
  for (const secret of [...inside].sort((a, b) => a.start - b.start)) {
    if (secret.start > position) shown += text.slice(position, secret.start);
    position = Math.max(position, Math.min(secret.end, end));
  }
  return withoutLogins(shown + text.slice(position, end));
}

/** Nothing of a text that may hold a login. */
export function withoutLogins(text: string): string {
  return text.includes('@') ? '' : text;
}
