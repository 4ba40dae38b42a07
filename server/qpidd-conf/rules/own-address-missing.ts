import type { Rule } from '../../text/rule';
import { clusterUrlOf } from '../ha';
import { type ConfDocument, settingOf } from '../model';
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
    good('ha-cluster=yes\nha-brokers-url=node1:5673,node2:5673\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined) return;
    const { members } = found.url;
    const ssl = members.every(({ transport }) => transport === 'ssl');
    if (!ssl && members.some(({ transport }) => transport !== 'tcp')) return;
    // A port that is not set here may be set on the command line; port 0 is any, and is known to nobody.
    const own = settingOf(document, ssl ? 'ssl-port' : 'port');
    if (own?.understood.kind !== 'integer' || own.understood.value === 0) return;
    const port = own.understood.value;
    // That an address with ssl: and without a port means 5672 is a finding of its own.
    if (members.some((member) => member.port === port || (ssl && member.port === 5672))) return;
    const { uri } = document.source;
    report({
      uri,
      span: found.setting.value,
      message: `This broker listens on port ${port}, which no address has: write the addresses with the ports of their brokers.`,
      related: [{ uri, span: own.line.span, message: 'The port is set here.' }],
    });
  },
};
