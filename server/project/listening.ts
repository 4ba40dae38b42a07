import { isLoopback, meantTextOf } from '../qpidd-conf/ha';
import { type ConfDocument, settingOf, settingsOf } from '../qpidd-conf/model';
import type { Dialled } from './pairs';

/** Why a broker with this file cannot be reached at an address; undefined where it can, or there is no telling. */
export function unreachable(conf: ConfDocument, address: Dialled): string | undefined {
  // Sockets that are handed over may be of any transport and port.
  if (address.transport === 'rdma' || settingOf(conf, 'socket-fd') !== undefined) return undefined;
  const reason = address.transport === 'ssl' ? withoutSsl(conf) : withoutTcp(conf);
  if (reason !== undefined) return reason;
  const [own, other] = [
    portOf(conf, address.transport),
    portOf(conf, address.transport === 'ssl' ? 'tcp' : 'ssl'),
  ];
  if (own !== undefined && own !== address.port) {
    if (other === address.port && withoutSsl(conf) === undefined)
      return address.transport === 'ssl'
        ? `there port ${other} is for plain connections`
        : `there port ${other} is for SSL: write "ssl:"`;
    return `it listens on port ${own} there`;
  }
  return isLocalOnly(conf) && !isLoopback(address.host)
    ? 'it listens on the loopback interface only'
    : undefined;
}

function withoutSsl(conf: ConfDocument): string | undefined {
  if (isDisabled(conf, 'ssl')) return '"listen-disable=ssl" is set there';
  return meantTextOf(conf, 'ssl-cert-db') === ''
    ? 'it has no SSL: "ssl-cert-db" is not set there'
    : undefined;
}

function withoutTcp(conf: ConfDocument): string | undefined {
  return isDisabled(conf, 'tcp') ? '"listen-disable=tcp" is set there' : undefined;
}

function isDisabled(conf: ConfDocument, transport: string): boolean {
  return settingsOf(conf, 'listen-disable').some(({ text }) => text === transport);
}

/** Only where the file sets it: else it may be set on the command line. Port 0 is any. */
function portOf(conf: ConfDocument, transport: 'tcp' | 'ssl'): number | undefined {
  const port = settingOf(conf, transport === 'ssl' ? 'ssl-port' : 'port')?.understood;
  return port?.kind === 'integer' && port.value !== 0 ? port.value : undefined;
}

function isLocalOnly(conf: ConfDocument): boolean {
  const interfaces = settingsOf(conf, 'interface').map(({ text }) => text.replace(/^\[(.*)\]$/, '$1'));
  return interfaces.length > 0 && interfaces.every((name) => name === 'lo' || isLocalAddress(name));
}

function isLocalAddress(host: string): boolean {
  return isLoopback(host) && host !== '0.0.0.0' && host !== '::';
}
