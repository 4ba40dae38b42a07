import type { BrokerUrlMember } from '../../address/broker-url';
import type { Fix } from '../../text/finding';
import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { quoted } from '../describe';
import { clusterUrlOf, formatAddress, type UrlSetting } from '../ha';
import type { ConfDocument } from '../model';
import { bad, good, offerBy, replacement } from './report';

export const duplicateAddress: Rule<ConfDocument> = {
  id: 'ha/duplicate-address',
  title: 'Address listed twice',
  severity: 'warning',
  why: 'A link that looks for the primary tries the addresses in turn, and this one twice as often. Mostly it is a slip, and another member is missing from the list: nobody will find that one. A port that is not written is 5672.',
  source: 'broker/Link.cpp:544, Url.cpp',
  bad: [
    bad('ha-cluster=yes\nha-brokers-url=node1,node2,node1\n', 'ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    bad('ha-cluster=yes\nha-brokers-url=node1:5672,Node1\n'),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=node1,node2\n'),
    good('ha-cluster=yes\nha-brokers-url=node1:5672,node1:5673\n'),
  ],
  check(document, report) {
    const found = clusterUrlOf(document);
    if (found === undefined) return;
    const seen = new Set<string>();
    for (const member of found.url.members) {
      const address = formatAddress(member).toLowerCase();
      if (!seen.has(address)) {
        seen.add(address);
        continue;
      }
      report({
        uri: document.source.uri,
        span: found.spanOf(member),
        ...cure(document, found, member),
        message: `The address ${quoted(formatAddress(member))} is listed before: remove it, or write the member that is missing.`,
      });
      return;
    }
  },
};

/** Where one address alone would be left, another one surely is missing. */
function cure(document: ConfDocument, found: UrlSetting, member: BrokerUrlMember): { readonly fix?: Fix } {
  const others = new Set(found.url.members.map((one) => formatAddress(one).toLowerCase()));
  if (found.setting.parsed.kind !== 'url' || others.size < 2) return {};
  const { start, end } = found.spanOf(member);
  return { fix: offerBy('Remove the address', replacement(document, span(start - 1, end), '')) };
}
