import type { BrokerUrlMember } from '../../address/broker-url';
import { parseEndpoint } from '../../address/endpoint';
import { clusterUrlOf, isClusterMember, isLoopback, meantTextOf } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf, settingsOf } from '../../qpidd-conf/model';

/** A `qpidd.conf`, and its path relative to the manifest, with `/`. */
export interface FoundConf {
  readonly path: string;
  readonly conf: ConfDocument;
}

/** A broker as a new manifest declares it. */
export interface FoundBroker {
  readonly name: string;
  readonly address: string;
  /** Paths of its files; those of a cluster in the order of its addresses, as far as that can be known. */
  readonly configs: readonly string[];
}

const standardPort = 5672;

/** Folders that are named by what they hold, and not by the broker. */
const generic = /^(?:etc|qpid|qpidd|conf|config|configs|files|templates|main|src|\.)$/i;

/**
 * The brokers of these files: one for each file, and one for all members of a cluster, which are those that list the
 * same addresses.
 *
 * @param home name for a file that has none, as its folder is called.
 */
export function brokersIn(confs: readonly FoundConf[], home: string): readonly FoundBroker[] {
  const names = new Names();
  const clusters = new Map<string, FoundConf[]>();
  const alone: FoundConf[] = [];
  for (const found of confs) {
    const key = clusterKey(found.conf);
    if (key === undefined) alone.push(found);
    else clusters.set(key, [...(clusters.get(key) ?? []), found]);
  }
  return [
    ...[...clusters.values()].map((members) => clusterOf(members, names)),
    ...alone.map((found) => {
      const name = names.take(nameOf(found.path, home), folderName(found.path));
      return { name, address: addressOf(found, name), configs: [found.path] };
    }),
  ];
}

/** Each name is given once, two that differ in case or punctuation count as one: logins are looked for by it. */
class Names {
  private readonly taken = new Set<string>();

  take(wanted: string, folder: string | undefined): string {
    const candidates = [wanted, ...(folder === undefined ? [] : [clean(`${folder}-${wanted}`)])];
    for (let at = 0; ; at += 1) {
      const name = candidates[at] ?? `${wanted}-${at - candidates.length + 2}`;
      const key = name.toLowerCase().replace(/[^a-z0-9]/g, '_');
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      return name;
    }
  }
}

/** `node1` of `node1/qpidd.conf`, `qpidd-node1.conf` and `node1.qpidd.conf`. */
function nameOf(path: string, home: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const stem = file
    .replace(/\.conf$/i, '')
    .replace(/^qpidd|\bqpidd$/gi, '')
    .replace(/^[-_.]+|[-_.]+$/g, '');
  return clean(stem) || clean(folderName(path) ?? home) || 'broker';
}

/** The nearest folder that may be named by the broker. */
function folderName(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  return folders.reverse().find((folder) => folder !== '' && folder !== '..' && !generic.test(folder));
}

function clean(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
}

function clusterKey(conf: ConfDocument): string | undefined {
  const members = isClusterMember(conf) ? (clusterUrlOf(conf)?.url.members ?? []) : [];
  if (members.length < 2 || !members.every(({ transport }) => transport !== 'rdma')) return undefined;
  return members.map(addressText).sort().join(',').toLowerCase();
}

function clusterOf(found: readonly FoundConf[], names: Names): FoundBroker {
  const [first] = found;
  const members = (first === undefined ? undefined : clusterUrlOf(first.conf))?.url.members ?? [];
  const hosts = members.map(({ host }) => host.split('.')[0] ?? host);
  const begin = commonStart(hosts).replace(/[-_.0-9]+$/, '');
  const numeric = members.some(({ host }) => /^[0-9.]+$|:/.test(host));
  const folder = found.length < 2 ? undefined : folderName(`${commonFolder(found.map(({ path }) => path))}/`);
  const ofHosts = !numeric && begin.length > 1 ? clean(begin) : '';
  const name = names.take(ofHosts || clean(folder ?? '') || 'cluster', folder);
  const places = found.map(({ path, conf }) => ({
    path,
    at: members.findIndex((member) => isAt(conf, path, member)),
  }));
  const ordered = places.sort(
    (a, b) => (a.at < 0 ? members.length : a.at) - (b.at < 0 ? members.length : b.at),
  );
  return { name, address: members.map(addressText).join(','), configs: ordered.map(({ path }) => path) };
}

/** Whether a file is that of this member, by what its folder is called, or by where it listens. */
function isAt(conf: ConfDocument, path: string, { host, port }: BrokerUrlMember): boolean {
  const own = portOf(conf, 'port') ?? standardPort;
  if (isLoopback(host)) return own === port;
  const interfaces = settingsOf(conf, 'interface').map(({ text }) => text.toLowerCase());
  const names = path.toLowerCase().split(/[/]/);
  const short = host.split('.')[0]?.toLowerCase() ?? '';
  const isNamed = names.some((name) => name.split('.').includes(short) || name === host.toLowerCase());
  return interfaces.includes(host.toLowerCase()) || (isNamed && own === port);
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...others] = words;
  let length = first.length;
  while (length > 0 && !others.every((word) => word.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

/** The folder that all of these files are below, without the last `/`. */
function commonFolder(paths: readonly string[]): string {
  const start = commonStart(paths);
  return start.slice(0, Math.max(0, start.lastIndexOf('/')));
}

function addressText({ host, port, transport }: BrokerUrlMember): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${transport === 'ssl' ? 'ssl:' : ''}${name}${port === standardPort ? '' : `:${port}`}`;
}

/** Where a broker is reached, as far as its file tells; its name is taken for that of its host. */
function addressOf({ conf }: FoundConf, name: string): string {
  const host = hostOf(conf, name);
  const tls = listensBySslOnly(conf);
  const port = portOf(conf, tls ? 'ssl-port' : 'port');
  const scheme = tls ? 'amqps://' : '';
  const standard = tls ? 5671 : standardPort;
  const address = `${scheme}${host}${port === undefined || port === standard ? '' : `:${port}`}`;
  return parseEndpoint(address).ok ? address : 'localhost';
}

function hostOf(conf: ConfDocument, name: string): string {
  const [one, ...others] = settingsOf(conf, 'interface').map(({ text }) => text.replace(/^\[(.*)\]$/, '$1'));
  const isEvery = one === undefined || one === '0.0.0.0' || one === '::';
  if (!isEvery && others.length === 0) {
    if (one === 'lo' || isLoopback(one)) return 'localhost';
    if (/^[0-9.]+$/.test(one)) return one;
    if (one.includes(':')) return `[${one}]`;
    if (one.includes('.')) return one;
  }
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name) && /[A-Za-z]/.test(name) ? name : 'localhost';
}

function listensBySslOnly(conf: ConfDocument): boolean {
  const disabled = settingsOf(conf, 'listen-disable').map(({ text }) => text);
  return disabled.includes('tcp') && !disabled.includes('ssl') && meantTextOf(conf, 'ssl-cert-db') !== '';
}

/** Only where the file sets it; 0 is any. */
function portOf(conf: ConfDocument, option: 'port' | 'ssl-port'): number | undefined {
  const port = settingOf(conf, option)?.understood;
  return port?.kind === 'integer' && port.value > 0 && port.value < 65536 ? port.value : undefined;
}
