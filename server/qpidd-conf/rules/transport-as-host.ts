import type { Rule } from '../../text/rule';
import { quoted } from '../describe';
import { urlOf } from '../ha';
import type { ConfDocument } from '../model';
import { isRead } from './refused-values';
import { bad, good } from './report';

export const transportAsHost: Rule<ConfDocument> = {
  id: 'ha/transport-as-host',
  title: 'Transport that is taken for a host',
  severity: 'warning',
  why: 'Before a colon the broker knows the words `tcp` and `ssl`, and `amqp` at the beginning of the URL. Any other word is the name of a host, and a number after `tcp:` is one too: `tpc:5672` dials a host named "tpc", and `tcp:5672` a host named "5672", for ever and without an error.',
  source: 'Url.cpp:136; measured',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=tpc:5672,node2\n'),
    bad('ha-cluster=yes\nha-brokers-url=amqp:tcp:5672,node2\n'),
    bad('known-hosts-url=node1,amqp:5672\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=amqp:tcp:node1:5672,ssl:node2:5671\n'),
    good('ha-cluster=yes\nha-brokers-url=10.0.0.1,10.0.0.2\n'),
  ],
  check(document, report) {
    for (const name of ['ha-brokers-url', 'ha-public-url', 'known-hosts-url']) {
      const found = urlOf(document, name);
      if (found === undefined || !isRead(document, found.setting)) continue;
      const member = found.url.members.find(({ host }) => isNoHost(host));
      if (member === undefined) continue;
      report({
        uri: document.source.uri,
        span: found.spanOf(member),
        message: `The broker takes ${quoted(member.host)} for the name of a host: write [tcp:|ssl:]host[:port].`,
      });
    }
  },
};

const tags: ReadonlySet<string> = new Set([
  'amqp',
  'amqps',
  'ssl',
  'sll',
  'ssll',
  'tcp',
  'tpc',
  'ctp',
  'tcpp',
  'ttcp',
  'tcps',
  'tls',
  'rdma',
]);

function isNoHost(host: string): boolean {
  return tags.has(host.toLowerCase()) || /^[0-9]+$/.test(host);
}
