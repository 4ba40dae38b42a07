import type { FindingDraft, Rule } from '../../text/rule';
import { span } from '../../text/span';
import type { ConfDocument } from '../model';
import { correctionOf, isRead, type RefusedSetting, refusedValues } from './refused-values';
import { bad, good, reportEach } from './report';

export const badUrl: Rule<ConfDocument> = {
  id: 'conf/bad-url',
  title: 'Value that is no broker URL',
  severity: 'error',
  why: "The broker's URLs are `[amqp:][user/password@]host[:port]` with more addresses after commas: no `//`, no blanks, no path, no `amqps:`, brackets around an IPv6 address, `ssl:` before each address that wants it. The broker opens its port first and then gives up with `Invalid URL: X`.\n\nThe two URLs of the HA module are read with `ha-cluster=yes` only: without it a bad one goes unnoticed until the day the cluster is switched on.",
  source: 'Url.cpp UrlParser, HaBroker.cpp initialize, Broker.cpp; measured',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=amqp://node1,node2\n',
      'ha-cluster=yes\nha-brokers-url=amqp:node1,node2\n',
    ),
    bad('ha-cluster=yes\nha-brokers-url=node1, node2\n', 'ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1;node2;\n', 'ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    bad('known-hosts-url=::1\n', 'known-hosts-url=[::1]\n'),
    bad('known-hosts-url=amqps:node1\n'),
    bad('ha-cluster=no\nha-brokers-url=not a url!\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1,node2:70000\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=amqp:tcp:node1:5672,node2\n'),
    good('ha-brokers-url=\nha-public-url=none\nknown-hosts-url=none\n'),
    good('known-hosts-url=[::1]:5672\n'),
  ],
  check(document, report) {
    const refused = refusedValues(document, 'url');
    reportEach(document, report, refused, (setting) => finding(document, setting));
  },
};

function finding(document: ConfDocument, setting: RefusedSetting): FindingDraft {
  const { value, parsed } = setting;
  const unread = !isRead(document, setting);
  const consequence = unread
    ? 'The broker reads the URL only with ha-cluster=yes, and then refuses to start'
    : 'The broker refuses to start';
  return {
    uri: document.source.uri,
    span: span(Math.min(value.start + (parsed.offset ?? 0), value.end), value.end),
    severity: unread ? 'warning' : 'error',
    message: `This is no broker URL: ${parsed.reason ?? 'it cannot be read'}. ${consequence}.`,
    ...correctionOf(document, setting, 'Correct the URL'),
  };
}
