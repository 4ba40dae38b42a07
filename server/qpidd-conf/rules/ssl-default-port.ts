import type { TextEdit } from '../../text/edit';
import type { Rule } from '../../text/rule';
import { span } from '../../text/span';
import { formatAddress, type UrlSetting, urlOf } from '../ha';
import { type ConfDocument, effectiveInteger } from '../model';
import { isRead } from './refused-values';
import { bad, fixBy, good, replacement } from './report';

export const sslDefaultPort: Rule<ConfDocument> = {
  id: 'ha/ssl-default-port',
  title: 'SSL address without a port, which means 5672',
  severity: 'warning',
  why: 'In a broker URL a port that is not written is 5672, whatever the transport. A broker listens for SSL on `ssl-port`, 5671 by default: `ssl:node1` dials the port for plain connections, and the handshake fails for ever. Only a broker with `ssl-port=5672` takes both on one port.',
  source: 'Url.cpp:128, sys/SslPlugin.cpp',
  bad: [
    bad(
      'ha-cluster=yes\nha-brokers-url=ssl:node1,ssl:node2\n',
      'ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\n',
    ),
    bad(
      'ssl-port=5771\nknown-hosts-url=ssl:[::1],node2\n',
      'ssl-port=5771\nknown-hosts-url=ssl:[::1]:5771,node2\n',
    ),
  ],
  good: [
    good('ha-cluster=yes\nha-brokers-url=ssl:node1:5671,ssl:node2:5671\n'),
    good('ha-cluster=yes\nha-brokers-url=ssl:node1,ssl:node2\nssl-port=5672\n'),
    good('ha-cluster=yes\nha-brokers-url=node1,node2\n'),
  ],
  check(document, report) {
    const port = effectiveInteger(document, 'ssl-port');
    if (port === 5672) return;
    for (const name of ['ha-brokers-url', 'ha-public-url', 'known-hosts-url']) {
      const found = urlOf(document, name);
      if (found === undefined || !isRead(document, found.setting)) continue;
      const bare = found.url.members.filter((member) => hasBareSsl(found, member));
      const [first] = bare;
      if (first === undefined) continue;
      const fix = fixOf(document, found, bare, port);
      report({
        uri: document.source.uri,
        span: found.spanOf(first),
        message: `Without a port this dials 5672, also for SSL: write the port on which the broker listens for SSL${port > 0 ? `, ${port}` : ''}.`,
        ...(fix === undefined ? {} : { fix: fixBy(`Write port ${port}`, ...fix) }),
      });
    }
  },
};

type Member = UrlSetting['url']['members'][number];

function hasBareSsl({ setting }: UrlSetting, { transport, start, end }: Member): boolean {
  const text = setting.correction ?? setting.text;
  return (
    transport === 'ssl' &&
    !/:[0-9]+$/.test(
      text
        .slice(start, end)
        .replace(/\[.*\]/, '[]')
        .replace(/^ssl:/, ''),
    )
  );
}

/** None where an address would then be listed twice. */
function fixOf(
  document: ConfDocument,
  { setting, url, spanOf }: UrlSetting,
  bare: readonly Member[],
  port: number,
): readonly TextEdit[] | undefined {
  if (setting.parsed.kind !== 'url' || !(port > 0)) return undefined;
  const after = url.members.map((member) => (bare.includes(member) ? { ...member, port } : member));
  if (new Set(after.map((member) => formatAddress(member).toLowerCase())).size < after.length)
    return undefined;
  return bare.map((member) => {
    const { end } = spanOf(member);
    return replacement(document, span(end, end), `:${port}`);
  });
}
