import type { Rule } from '../../text/rule';
import { clusterUrlOf, isLoopback, placeOf } from '../ha';
import { type ConfDocument, settingsOf } from '../model';
import { listed } from './listed-interfaces';
import { bad, good } from './report';

export const unreachableMember: Rule<ConfDocument> = {
  id: 'ha/unreachable-member',
  title: 'Cluster member that no other host can reach',
  severity: 'warning',
  why: 'The others find this broker under an address of `ha-brokers-url`. Where `interface` lets it listen on the loopback interface only, or `listen-disable` takes the transport away that the addresses name, they never do: as a backup it works, and after it was promoted the cluster is without a primary that anybody finds.',
  source: 'Broker.cpp accept, sys/SocketTransport.cpp; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=lo\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=127.0.0.1\ninterface=[::1]\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2\nlisten-disable=tcp\nssl-cert-db=/etc/pki/qpidd\n'),
    bad('ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\nlisten-disable=ssl\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\ninterface=lo\ninterface=eth0\n'),
    good('ha-cluster=yes\nha-brokers-url=127.0.0.1:5672,127.0.0.1:5673\ninterface=lo\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\nlisten-disable=ssl\n'),
    good('interface=lo\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined || settingsOf(document, 'socket-fd').length > 0) return;
    const { members } = found.url;
    const { uri } = document.source;
    const interfaces = settingsOf(document, 'interface');
    const [local] = interfaces;
    if (
      local !== undefined &&
      interfaces.flatMap(listed).every(isLocal) &&
      !members.some(({ host }) => isLoopback(host))
    ) {
      const message =
        'This broker listens on the loopback interface only, and no other member can connect to it: add the interface that its address in "ha-brokers-url" is on.';
      report({ uri, span: placeOf(local), message });
    }
    for (const disabled of settingsOf(document, 'listen-disable')) {
      if (!members.every(({ transport }) => transport === disabled.text)) continue;
      const message = `All addresses in "ha-brokers-url" are for ${disabled.text}, on which this broker does not listen: remove the line, or write the addresses for another transport.`;
      report({ uri, span: placeOf(disabled), message });
      return;
    }
  },
};

function isLocal(host: string): boolean {
  return host === 'lo' || (isLoopback(host) && host !== '0.0.0.0' && host !== '::');
}
