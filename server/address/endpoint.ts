import { type BrokerUrl, type BrokerUrlMember, parseBrokerUrl } from './broker-url';

/**
 * Where *we* reach a broker: what stands in a manifest's `address`, or on a command line.
 *
 * The broker's own grammar, and before it optionally `amqp://` or `amqps://`, which the broker itself
 * refuses but every other AMQP tool accepts. Several members, comma-separated, are one cluster.
 */
export interface Endpoint {
  /** As the user wrote it, less any credentials: safe to print. */
  readonly text: string;
  readonly members: readonly EndpointMember[];
}

export interface EndpointMember {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export type EndpointResult =
  | { readonly ok: true; readonly endpoint: Endpoint; readonly user?: string; readonly password?: string }
  | { readonly ok: false; readonly offset: number; readonly reason: string };

/** IANA's port for AMQP over TLS; used only after `amqps://`, since the broker's own default is 5672 always. */
export const defaultTlsPort = 5671;

const scheme = /^amqps?:\/\//;

export function parseEndpoint(source: string): EndpointResult {
  const prefix = scheme.exec(source)?.[0] ?? '';
  const rest = source.slice(prefix.length).replace(/\/$/, '');
  const parsed = parseBrokerUrl(rest);
  if (!parsed.ok) return { ok: false, offset: prefix.length + parsed.offset, reason: parsed.reason };
  const secure = prefix === 'amqps://';
  const members: EndpointMember[] = [];
  for (const member of parsed.url.members) {
    if (member.transport === 'rdma') {
      return {
        ok: false,
        offset: prefix.length + member.start,
        reason: 'RDMA is not supported: use TCP or TLS',
      };
    }
    members.push(toMember(rest, member, secure));
  }
  return {
    ok: true,
    endpoint: { text: withoutCredentials(prefix, rest), members },
    ...credentials(rest, parsed.url),
  };
}

function toMember(text: string, member: BrokerUrlMember, secure: boolean): EndpointMember {
  const tls = secure || member.transport === 'ssl';
  const written = /:[0-9]+$/.test(text.slice(member.start, member.end));
  return { host: member.host, port: secure && !written ? defaultTlsPort : member.port, tls };
}

function withoutCredentials(prefix: string, rest: string): string {
  return prefix + rest.replace(/^(amqp:)?[^@]*@/, '$1');
}

function credentials(rest: string, url: BrokerUrl): { user?: string; password?: string } {
  if (url.user === undefined) return {};
  const written = rest.replace(/^amqp:/, '');
  const password = url.hasPassword ? written.slice(url.user.length + 1, written.indexOf('@')) : undefined;
  return { user: url.user, ...(password === undefined ? {} : { password }) };
}

/**
 * The endpoint in the broker's own grammar, for the `broker` argument of `replicate`: the broker refuses
 * `amqp://`, and its links ignore credentials in a URL, so neither is passed on (HaBroker.cpp METHOD_REPLICATE).
 */
export function toBrokerUrl(endpoint: Endpoint): string {
  return endpoint.members.map((member) => `${member.tls ? 'ssl:' : ''}${formatMember(member)}`).join(',');
}

/** `host:port` of one member, with an IPv6 address in brackets. */
export function formatMember({ host, port }: Pick<EndpointMember, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
