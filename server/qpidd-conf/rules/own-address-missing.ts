import type { Rule } from '../../text/rule';
import { clusterUrlOf } from '../ha';
import { type ConfDocument, effectiveInteger, settingOf } from '../model';
import { bad, good } from './report';

export const ownAddressMissing: Rule<ConfDocument> = {
  id: 'ha/own-address-missing',
  title: 'Cluster in which nobody has the port of this broker',
  severity: 'warning',
  why: 'The list of members holds the address of this broker too. Where none has its port, the other members dial a port on which it does not listen, and do not find it once it is the primary. A port that is not written in the URL is 5672, whatever `port` says.',
  source: 'Url.cpp:128; measured',
  bad: [
    bad('port=5673\nha-cluster=yes\nha-brokers-url=node1,node2\n'),
    bad('ssl-port=5771\nha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\n'),
  ],
  good: [
    good('port=5673\nha-cluster=yes\nha-brokers-url=node1:5672,node1:5673\n'),
    good('ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\n'),
    good('port=5673\nha-cluster=yes\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined) return;
    const port = effectiveInteger(document, 'port');
    const sslPort = effectiveInteger(document, 'ssl-port');
    // The ports of addresses with ssl: and no port are told elsewhere; port 0 is any, and is known to nobody.
    const { members } = found.url;
    if (members.some(({ transport }) => transport === 'rdma') || !(port > 0) || !(sslPort > 0)) return;
    const isOwn = (member: (typeof members)[number]) =>
      member.transport === 'tcp' ? member.port === port : [sslPort, 5672].includes(member.port);
    if (members.some(isOwn)) return;
    const ssl = members.every(({ transport }) => transport === 'ssl');
    const own = settingOf(document, ssl ? 'ssl-port' : 'port');
    const { uri } = document.source;
    report({
      uri,
      span: found.setting.value,
      message: `This broker listens on port ${ssl ? sslPort : port}, which no address has: write the addresses with the ports of their brokers.`,
      ...(own === undefined
        ? {}
        : { related: [{ uri, span: own.line.span, message: 'The port is set here.' }] }),
    });
  },
};
