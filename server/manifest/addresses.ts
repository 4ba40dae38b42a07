import { parseBrokerUrl } from '../address/broker-url';
import { parseEndpoint } from '../address/endpoint';
import { type Span, span } from '../text/span';
import type { AddressFault, ManifestAddress, ManifestLinkAddress, ManifestText } from './model';

/** What may stand before the user name of an address. */
const prefix = /^(?:amqps?:\/\/|amqp:)?/;

/** From the user name to the last `@`, inclusive: a password may itself contain one. */
export function credentialsIn(address: string): Span | undefined {
  const at = address.lastIndexOf('@');
  return at < 0 ? undefined : span(prefix.exec(address)?.[0].length ?? 0, at + 1);
}

/** What the user wrote, as a message may quote it: short, and without what may be credentials. */
export function quotable(written: string): string {
  const secret = credentialsIn(written);
  const shown =
    secret === undefined ? written : `${written.slice(0, secret.start)}…@${written.slice(secret.end)}`;
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}

export function readAddress(text: ManifestText): ManifestAddress {
  const { credentials, bare } = strip(text.value);
  const parsed = parseEndpoint(bare);
  if (parsed.ok) return { text, credentials, fault: undefined, endpoint: parsed.endpoint };
  return { text, credentials, fault: locate(parsed, credentials), endpoint: undefined };
}

/** Strictly the broker's grammar: the text is handed to `replicate` as it is (HaBroker.cpp METHOD_REPLICATE). */
export function readLinkAddress(text: ManifestText): ManifestLinkAddress {
  const { credentials, bare } = strip(text.value);
  const parsed = parseBrokerUrl(bare);
  if (parsed.ok) return { text, credentials, fault: undefined, members: parsed.url.members };
  return { text, credentials, fault: locate(parsed, credentials), members: [] };
}

function strip(address: string): { readonly credentials: Span | undefined; readonly bare: string } {
  const credentials = credentialsIn(address);
  if (credentials === undefined) return { credentials, bare: address };
  return { credentials, bare: address.slice(0, credentials.start) + address.slice(credentials.end) };
}

function locate(fault: AddressFault, credentials: Span | undefined): AddressFault {
  const { offset, reason } = fault;
  if (credentials === undefined || offset < credentials.start) return { offset, reason };
  return { offset: offset + credentials.end - credentials.start, reason };
}
