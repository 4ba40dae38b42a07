import type { Rule } from '../../text/rule';
import { isClusterMember, isLoopback, meantTextOf, placeOf } from '../ha';
import {
  type ConfDocument,
  effectiveBoolean,
  effectiveInteger,
  type Setting,
  settingOf,
  settingsOf,
} from '../model';
import { listed } from './listed-interfaces';
import { bad, good } from './report';

export const closedToTools: Rule<ConfDocument> = {
  id: 'ha/closed-to-tools',
  title: 'Cluster member that the scripts on its own host cannot ask',
  severity: 'info',
  why: 'The init script and `qpidd-primary` look at a broker, and promote it, with `qpid-ha --config`: a connection in clear to `0.0.0.0`, which is the loopback interface. A broker that listens on other interfaces only, or not in clear, or refuses what is not encrypted, counts as dead to them. Where something else manages the cluster, or the scripts were given an address with `QPID_HA_OPTIONS`, all is well.',
  source: 'qpid-ha connect, etc/fedora/qpidd.in; QPID-6549; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=eth0\n'),
    bad('ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\nrequire-encryption=yes\n'),
    bad(
      'ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\nssl-cert-db=/etc/pki/qpidd\nlisten-disable=tcp\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=eth0\ninterface=lo\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=0.0.0.0\n'),
    good('ha-queue-replication=yes\ninterface=eth0\n'),
  ],
  check(document, report) {
    if (!isClusterMember(document)) return;
    const closed = withoutLoopback(document) ?? withoutClear(document);
    if (closed === undefined) return;
    report({
      uri: document.source.uri,
      span: placeOf(closed),
      message:
        'The scripts of the broker ask it with "qpid-ha --config", in clear on the loopback interface, where it does not answer: give them its address in QPID_HA_OPTIONS.',
    });
  },
};

function withoutLoopback(document: ConfDocument): Setting | undefined {
  const interfaces = settingsOf(document, 'interface');
  return interfaces.some((setting) => listed(setting).some(isOpen)) ? undefined : interfaces[0];
}

/** Listens on the loopback interface too, as the empty text does. */
function isOpen(host: string): boolean {
  return host === '' || host === 'lo' || isLoopback(host);
}

function withoutClear(document: ConfDocument): Setting | undefined {
  if (effectiveBoolean(document, 'require-encryption') && !hasLayer(meantTextOf(document, 'ha-mechanism')))
    return settingOf(document, 'require-encryption');
  // One port for both takes connections in clear as well, whatever is disabled.
  if (effectiveInteger(document, 'port') === effectiveInteger(document, 'ssl-port')) return undefined;
  return settingsOf(document, 'listen-disable').find(({ text }) => text === 'tcp');
}

/** Encrypts the connection itself. */
function hasLayer(mechanism: string): boolean {
  return mechanism === 'DIGEST-MD5' || mechanism === 'GSSAPI';
}
