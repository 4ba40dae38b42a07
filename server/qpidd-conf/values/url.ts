import { parseBrokerUrl } from '../../address/broker-url';

/** Both the broker and its HA module take these texts for no URL at all (HaBroker.cpp isNone, Broker.cpp). */
export function isNoUrl(text: string): boolean {
  return text === '' || text === 'none';
}

/** The URL that a refused text surely means: `amqp://h1`, `h1, h2`, `h1;h2`, `h1,`, `::1`, in other letters. */
export function meantUrl(text: string, transports: ReadonlySet<string>): string | undefined {
  if (text.toLowerCase() === 'none') return 'none';
  const candidate = text
    .split(/[,;\s]+/)
    .filter((member) => member !== '')
    .map((member, index) => plainMember(member, index === 0))
    .join(',');
  return candidate !== text && parseBrokerUrl(candidate, transports).ok ? candidate : undefined;
}

/** One address without `//`, a path, or a second `amqp:`; an IPv6 address without a port gets the brackets it needs. */
function plainMember(member: string, first: boolean): string {
  const address = member.replace(/^amqp:(?:\/\/)?/i, first ? 'amqp:' : '').replace(/\/+$/, '');
  return /^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}$/.test(address) ? `[${address}]` : address;
}
