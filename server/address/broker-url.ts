/**
 * The broker's own URL grammar, as its recursive-descent parser really accepts it (Url.cpp UrlParser):
 *
 * ```
 * url  = ["amqp:"] [ user ["/" | ":" password] "@" ] addr *("," addr)
 * addr = [tag ":"] host [":" port]
 * ```
 *
 * Used by `ha-brokers-url`, `ha-public-url`, `known-hosts-url` and the `replicate` method.
 */

/** A transport that prefixes one address. Which of them exist depends on the modules of the broker. */
export type TransportTag = 'tcp' | 'ssl' | 'rdma';

export interface BrokerUrlMember {
  readonly transport: TransportTag;
  /** Without the brackets of an IPv6 literal. */
  readonly host: string;
  /** 0..65535; 5672 when not written, whatever the transport. */
  readonly port: number;
  /** Offsets of the whole member in the parsed text. */
  readonly start: number;
  readonly end: number;
}

export interface BrokerUrl {
  readonly members: readonly BrokerUrlMember[];
  /** Parsed by the broker and then ignored by its links. */
  readonly user?: string;
  readonly hasPassword: boolean;
}

export type BrokerUrlResult =
  | { readonly ok: true; readonly url: BrokerUrl }
  | { readonly ok: false; readonly offset: number; readonly reason: string };

export const defaultPort = 5672;

/** Transports of a distribution's broker: TCP always, SSL where built with NSS. */
export const distributionTransports: ReadonlySet<string> = new Set<TransportTag>(['tcp', 'ssl']);

export function parseBrokerUrl(
  source: string,
  transports: ReadonlySet<string> = distributionTransports,
): BrokerUrlResult {
  // The broker parses a C string: a NUL ends it.
  const nul = source.indexOf('\0');
  return new Parser(nul < 0 ? source : source.slice(0, nul), transports).parse();
}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly transports: ReadonlySet<string>,
  ) {}

  parse(): BrokerUrlResult {
    if (this.text === '') return this.failure('the URL is empty');
    this.literal('amqp:');
    const credentials = this.credentials();
    const members: BrokerUrlMember[] = [];
    for (;;) {
      const member = this.member();
      if (typeof member === 'string') return this.failure(member);
      members.push(member);
      if (this.at === this.text.length) break;
      if (!this.literal(',')) return this.failure(this.unexpected());
      if (this.at === this.text.length) return this.failure('no address follows the last comma');
    }
    return { ok: true, url: { members, ...credentials } };
  }

  private credentials(): { user?: string; hasPassword: boolean } {
    const at = this.text.indexOf('@', this.at);
    if (at < 0) return { hasPassword: false };
    const [user = ''] = this.text.slice(this.at, at).split(/[/:]/, 1);
    const hasPassword = this.at + user.length < at;
    this.at = at + 1;
    return { user, hasPassword };
  }

  private member(): BrokerUrlMember | string {
    const start = this.at;
    const transport = this.tag();
    const host = this.host();
    if (host === undefined) return this.missingHost(start);
    let port = defaultPort;
    if (this.literal(':')) {
      const digits = this.take(/[0-9]*/y);
      if (digits === '') return this.missingPort(host);
      port = Number(digits);
      if (port > 65535) {
        this.at -= digits.length;
        return `port ${digits} is above 65535`;
      }
    }
    return { transport, host, port, start, end: this.at };
  }

  private tag(): TransportTag {
    const colon = this.text.indexOf(':', this.at);
    const word = colon < 0 ? '' : this.text.slice(this.at, colon);
    if (!this.transports.has(word)) return 'tcp';
    this.at = colon + 1;
    return word as TransportTag;
  }

  private host(): string | undefined {
    const literal = this.ipv6Literal();
    if (literal !== undefined) return literal;
    // A "%" is consumed even when no two hexadecimal digits follow it (Url.cpp pctEncoded).
    const host = this.take(/(?:[A-Za-z0-9\-._~]|%[0-9A-Fa-f]{2})*(?:%[0-9A-Fa-f]?)?/y);
    return host === '' ? undefined : host;
  }

  /** Leaves the bracket and digits consumed on failure, as Url.cpp ip6literal does. */
  private ipv6Literal(): string | undefined {
    if (!this.literal('[')) return undefined;
    const host = this.take(/[0-9A-Fa-f:.]*/y);
    return host.length >= 2 && this.literal(']') ? host : undefined;
  }

  private missingHost(start: number): string {
    const rest = this.text.slice(this.at);
    if (rest.startsWith('//')) return 'the broker\'s URLs have no "//": write "amqp:host:port"';
    if (/^[ \t]/.test(rest)) return 'blanks are not allowed in a URL';
    if (this.text.startsWith('[', start)) return 'an IPv6 address is written as "[::1]"';
    return rest === '' ? 'a host name is missing' : `a host name cannot start with "${rest[0]}"`;
  }

  private missingPort(host: string): string {
    const port = 'a port number (0 to 65535) must follow ":"';
    const isTag = /^[A-Za-z]+$/.test(host) && /[A-Za-z[]/.test(this.text[this.at] ?? '');
    return isTag ? `the broker has no transport "${host}", and after a host ${port}` : port;
  }

  private unexpected(): string {
    const character = this.text[this.at];
    if (character === ' ' || character === '\t') return 'blanks are not allowed in a URL';
    if (character === ';') return 'addresses are separated by ",", not ";"';
    if (character === '/') return 'a URL has no path: write "host:port"';
    if (character === ':') return 'an IPv6 address is written in brackets, as "[::1]:5672"';
    return `"${character}" is not allowed here`;
  }

  private literal(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.text)?.[0] ?? '';
    this.at += taken.length;
    return taken;
  }

  private failure(reason: string): BrokerUrlResult {
    return { ok: false, offset: this.at, reason };
  }
}
