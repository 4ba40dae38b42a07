import { formatMember } from '../../address/endpoint';
import { quotable } from '../../manifest/addresses';
import type { ManifestText } from '../../manifest/model';
import type { FindingDraft, Rule } from '../../text/rule';
import { pairExample } from '../examples';
import { unreachable } from '../listening';
import { type Dialled, type Route, routesOf, type Side, toDialled } from '../pairs';
import type { Project } from '../project';
import { relativePath } from '../uris';

export const addressWithoutListener: Rule<Project> = {
  id: 'manifest/address-without-listener',
  title: "An address at which the broker's own file does not let it listen",
  severity: 'warning',
  why: 'The `qpidd.conf` of the broker sets a port, an interface or a transport that this address does not go together with: whoever dials it finds nobody, or the wrong protocol. A link tries again for ever, without a message to those who wait for it. A port that a firewall or a container forwards is no mistake; what a file leaves to the command line is not judged. Without a port an address means 5672, with `amqps://` 5671.',
  source: 'Url.cpp:128, Broker.cpp accept, sys/SslPlugin.cpp, sys/SocketTransport.cpp',
  bad: [
    pairExample(broker('port=5673'), broker()),
    pairExample(broker(), broker(), { replication: ['linkAddress: ssl:node1:5671'] }),
    pairExample(broker('listen-disable=tcp', 'ssl-cert-db=/etc/pki/qpidd'), broker()),
    pairExample(broker('port=5672', 'ssl-port=5671', 'ssl-cert-db=/etc/pki/qpidd'), broker(), {
      replication: ['linkAddress: node1:5671'],
    }),
    pairExample(broker('interface=lo'), broker()),
  ],
  good: [
    pairExample(broker('port=5673'), broker(), { address: 'node1:5673' }),
    pairExample(broker(), broker(), { address: 'node1:5673' }),
    pairExample(broker('ssl-cert-db=/etc/pki/qpidd'), broker(), {
      replication: ['linkAddress: ssl:node1:5671'],
    }),
    pairExample(broker('interface=lo'), broker(), { address: '127.0.0.1' }),
  ],
  check(project, report) {
    const routes = routesOf(project);
    const seen = new Set<Side>();
    for (const route of routes) {
      for (const side of [route.origin, route.replica]) {
        if (!seen.has(side)) for (const draft of ownAddress(route, side)) report(draft);
        seen.add(side);
      }
      for (const draft of linkAddress(route)) report(draft);
    }
  },
};

function ownAddress({ manifest }: Route, side: Side): readonly FindingDraft[] {
  const { address, name } = side.broker;
  if (address?.endpoint === undefined) return [];
  const at = address.text;
  return judged(side, address.endpoint.members.map(toDialled), at).map((draft) => ({
    uri: manifest.source.uri,
    ...draft,
    message: `"${quotable(name.value)}" is not reached at ${draft.message}`,
  }));
}

/** Where the link has the addresses of the broker itself those are judged already. */
function linkAddress({ manifest, origin, replications, dialled }: Route): readonly FindingDraft[] {
  const text = replications[0].linkAddress?.text;
  if (text === undefined) return [];
  return judged(origin, dialled, text).map((draft) => ({
    uri: manifest.source.uri,
    ...draft,
    message: `No link reaches "${quotable(origin.broker.name.value)}" at ${draft.message}`,
  }));
}

/**
 * An address is right if it is that of one member; of the others the first is shown. Where there are fewer files than
 * addresses, one that goes together with none may be that of a member without a file.
 */
function judged(
  { files }: Side,
  addresses: readonly Dialled[],
  { span }: ManifestText,
): readonly Omit<FindingDraft, 'uri'>[] {
  const known = addresses.map((address) => ({
    address,
    reasons: files.map(({ conf }) => unreachable(conf, address)),
  }));
  if (files.length < addresses.length && known.some(({ reasons }) => reasons.includes(undefined))) return [];
  for (const { address, reasons } of known) {
    const [reason] = reasons;
    const [file] = files;
    if (file === undefined || reason === undefined || reasons.includes(undefined)) continue;
    const { link, conf } = file;
    const shown = `${address.transport === 'ssl' ? 'ssl:' : ''}${formatMember(address)}`;
    const path = quotable(relativePath(link.manifest.source.uri, conf.source.uri));
    const message = `"${quotable(shown)}" by what ${path} says: ${reason}. Correct one of them, unless something between them forwards the port.`;
    return [{ span, message }];
  }
  return [];
}

function broker(...lines: readonly string[]): string {
  return ['ha-queue-replication=yes', 'auth=no', ...lines, ''].join('\n');
}
