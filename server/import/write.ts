import { spell } from '../manifest/spell';
import { visible } from '../report/visible';
import type { Draft, DraftBroker, DraftReplication, Omission } from './draft';

/** The manifest as YAML, which has at least one broker. What could not be imported stands at its end, as comments. */
export function writeManifest({ heading, brokers, replications, omissions }: Draft): string {
  return [
    ...heading.map((line) => comment(line)),
    'version: 1',
    '',
    'brokers:',
    ...brokers.flatMap(brokerLines),
    '',
    replications.length === 0 ? 'replications: []' : 'replications:',
    ...replications.flatMap((replication) => replicationLines(replication)),
    ...(omissions.length === 0 ? [] : ['', '# Not imported:', ...omissions.flatMap(omissionLines)]),
    '',
  ].join('\n');
}

function brokerLines({ name, address, remarks }: DraftBroker): readonly string[] {
  return [
    ...remarks.map((remark) => comment(remark, '  ')),
    `  ${spell(name)}:`,
    `    address: ${spellAddress(address)}`,
  ];
}

function replicationLines(
  { queue, from, to, linkAddress, create, remarks }: DraftReplication,
  margin = '',
): readonly string[] {
  return [
    ...remarks.map((remark) => comment(remark, '  ')),
    `${margin}  - queue: ${spell(queue)}`,
    `${margin}    from: ${spell(from)}`,
    `${margin}    to: ${spell(to)}`,
    ...(linkAddress === undefined ? [] : [`${margin}    linkAddress: ${spellAddress(linkAddress)}`]),
    ...(create === undefined ? [] : [`${margin}    create: ${create}`]),
  ];
}

function omissionLines({ place, reason, quote, replication }: Omission): readonly string[] {
  const at = place === undefined ? '' : `${place}: `;
  return [
    comment(`${at}${reason}`),
    ...(quote === undefined ? [] : [comment(`    ${quote}`)]),
    ...(replication === undefined ? [] : replicationLines({ ...replication, remarks: [] }, '#')),
  ];
}

/** One line, whatever was seen: names and words of brokers, and scripts, may hold anything. */
function comment(text: string, margin = ''): string {
  return `${margin}# ${visible(text)}`;
}

/** Host names and IPv4 addresses YAML takes as they are, but not what looks like a number or ends in a colon. */
function spellAddress(address: string): string {
  const plain = /^(?:[A-Za-z]|[0-9]+(?:\.[0-9]+){3}\b)(?:[\w./:,-]*\w)?$/.test(address);
  return plain && !/^(?:true|false|null)$/i.test(address) ? address : JSON.stringify(address);
}
