import { quotable } from '../../manifest/addresses';
import type { ManifestDocument } from '../../manifest/manifest-document';
import { parseManifest } from '../../manifest/manifest-document';
import { clusterUrlOf, formatAddress, type UrlSetting } from '../../qpidd-conf/ha';
import { documentWithText } from '../../text/document';
import { applyEdits, type TextEdit } from '../../text/edit';
import type { Fix } from '../../text/finding';
import type { BadExample, Rule } from '../../text/rule';
import { span } from '../../text/span';
import { isSame } from '../addresses';
import { linkAddressOf, type Route, routesOf } from '../pairs';
import type { Project } from '../project';

export const linkAddressIncomplete: Rule<Project> = {
  id: 'ha/link-address-incomplete',
  title: 'A link that knows some members of a cluster only',
  severity: 'warning',
  why: 'The origin is on the primary of a cluster, and only there: a backup aborts the connection of a replica broker. A link tries the addresses that it was given when it was started, and no others, so that after a fail-over to a member that is not among them the replica stands still. Give the link all addresses of `ha-brokers-url`, or one that moves with the primary.',
  source: 'ha/BackupConnectionExcluder.h, HaBroker.cpp METHOD_REPLICATE; measured',
  bad: [
    { files: files('east1') },
    {
      files: files('vip', 'linkAddress: east1,east2'),
      fixed: { 'replicas.qpid.yaml': manifest('vip', 'linkAddress: east1,east2,east3') },
    },
  ],
  good: [
    { files: files('east1,east2,east3') },
    { files: files('vip') },
    { files: files('vip', 'linkAddress: east3,east2,east1') },
    { files: files('vip', 'linkAddress: 10.0.0.1,10.0.0.2') },
  ],
  check(project, report) {
    for (const route of routesOf(project)) {
      const [known] = route.origin.files.flatMap(({ conf }) => {
        const url = clusterUrlOf(conf);
        return url === undefined ? [] : [{ url, uri: conf.source.uri }];
      });
      const address = linkAddressOf(route);
      // That a cluster is declared with too few members is a finding of its own.
      const declared = route.replications[0].linkAddress === undefined && route.dialled.length > 1;
      if (known === undefined || address === undefined || declared) continue;
      const { url } = known;
      const missing = missingFrom(route, url);
      if (missing.length === 0) continue;
      const fix = completed(route, url);
      report({
        uri: route.manifest.source.uri,
        span: address.span,
        message: `The link to "${quotable(route.origin.broker.name.value)}" gets ${route.dialled.length} of its ${url.url.members.length} members, and finds no primary on the others: add ${missing.map(formatAddress).map(quotable).join(', ')}.`,
        related: [
          { uri: known.uri, span: url.setting.value, message: 'These are the members of the cluster.' },
        ],
        ...(fix && { fix }),
      });
    }
  },
};

/** None where an address is of another kind: it may be one that moves, or another name of a member. */
function missingFrom({ dialled }: Route, { url }: UrlSetting) {
  if (dialled.length === 0 || !dialled.every((address) => url.members.some((one) => isSame(one, address))))
    return [];
  return url.members.filter((one) => !dialled.some((address) => isSame(one, address)));
}

/** The whole list, in all replications with this link address, where those are spelled in a way that lets them be replaced. */
function completed({ manifest, replications }: Route, { setting }: UrlSetting): Fix | undefined {
  if (setting.parsed.kind !== 'url') return undefined;
  const edits = replications.flatMap(({ linkAddress }): TextEdit[] => {
    const { literalStart, value } = linkAddress?.text ?? { literalStart: undefined, value: '' };
    if (literalStart === undefined) return [];
    const place = span(literalStart, literalStart + value.length);
    return [{ uri: manifest.source.uri, span: place, newText: setting.text }];
  });
  if (edits.length < replications.length || !keepsMeaning(manifest, edits, setting.text)) return undefined;
  return { title: 'Write the addresses of all members', edits };
}

/** In a flow of YAML commas end a text; and several replications may share one text by an alias. */
function keepsMeaning(before: ManifestDocument, edits: readonly TextEdit[], expected: string): boolean {
  const after = parseManifest(documentWithText(before.source, applyEdits(before.source.text, edits)));
  const count = ({ manifest }: ManifestDocument) =>
    manifest.replications.filter(({ linkAddress }) => linkAddress?.text.value === expected).length;
  return after.problems.length === before.problems.length && count(after) === count(before) + edits.length;
}

function files(address: string, ...replication: readonly string[]): BadExample['files'] {
  return {
    'replicas.qpid.yaml': manifest(address, ...replication),
    'east/qpidd.conf': 'ha-cluster=yes\nha-brokers-url=east1,east2,east3\nha-replicate=all\n',
  };
}

function manifest(address: string, ...replication: readonly string[]): string {
  const lines = replication.map((line) => `    ${line}\n`).join('');
  return `version: 1\nbrokers:\n  east:\n    address: ${address}\n    config: east/qpidd.conf\n  node2:\n    address: node2\nreplications:\n  - queue: orders\n    from: east\n    to: node2\n${lines}`;
}
