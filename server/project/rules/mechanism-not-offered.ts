import { quotable } from '../../manifest/addresses';
import { quoted } from '../../qpidd-conf/describe';
import { meantTextOf, placeOf, wantsLogin } from '../../qpidd-conf/ha';
import { type ConfDocument, settingOf } from '../../qpidd-conf/model';
import type { ExampleFiles, Rule } from '../../text/rule';
import { clusterFiles, pairFiles } from '../examples';
import { activeMembers, knownClusters, nameOf, placeOfOption } from '../members';
import { routesOf } from '../pairs';
import type { Project } from '../project';
import { offeredMechanisms } from '../sasl-config';

export const mechanismNotOffered: Rule<Project> = {
  id: 'ha/mechanism-not-offered',
  title: 'A mechanism that the other broker does not offer',
  severity: 'warning',
  why: "A link asks for the mechanism of `ha-mechanism`. What the broker at its other end offers is the `mech_list` of its SASL configuration, and anything else it refuses: `Unsupported mechanism`. The link is then in state `Failed`, and never tried again; a member of a cluster shuts down. The list is looked for beside that broker's `qpidd.conf`, in the folder named by `sasl-config` or in `sasl2`, where repositories keep it: whether it is the one that is installed cannot be seen.",
  source: 'SaslAuthenticator.cpp, broker/ConnectionHandler.cpp; measured',
  bad: [
    { files: withList('node1', 'CRAM-MD5', pairFiles(broker(), broker('SCRAM-SHA-256'))) },
    { files: withList('node2', 'DIGEST-MD5', clusterFiles(member('PLAIN'), member('PLAIN'))) },
  ],
  good: [
    { files: withList('node1', 'scram-sha-256 DIGEST-MD5', pairFiles(broker(), broker('SCRAM-SHA-256'))) },
    { files: pairFiles(broker(), broker('SCRAM-SHA-256')) },
    { files: withList('node1', 'CRAM-MD5', pairFiles(`auth=no\n${broker()}`, broker('SCRAM-SHA-256'))) },
  ],
  check(project, report) {
    const reported = new Set<ConfDocument>();
    for (const { conf, peer, name } of connections(project)) {
      const setting = settingOf(conf, 'ha-mechanism');
      const mechanism = meantTextOf(conf, 'ha-mechanism');
      if (setting === undefined || mechanism === '' || reported.has(conf) || wantsLogin(peer) !== true)
        continue;
      const offered = offeredMechanisms(project.files, peer);
      if (offered === undefined || offered.has(mechanism.toUpperCase())) continue;
      reported.add(conf);
      report({
        uri: conf.source.uri,
        span: placeOf(setting),
        message: `${name} does not offer ${quoted(mechanism)}, by the SASL configuration beside its file, which has ${[...offered].slice(0, 6).map(quotable).join(', ')}: choose one of these, or add it there.`,
        related: [
          { uri: peer.source.uri, span: placeOfOption(peer, 'sasl-config'), message: 'The other broker.' },
        ],
      });
    }
  },
};

interface Connection {
  readonly conf: ConfDocument;
  /** The one that it connects to. */
  readonly peer: ConfDocument;
  readonly name: string;
}

/** Which brokers connect to which others: replica brokers to origins, and members of a cluster to each other. */
function connections(project: Project): readonly Connection[] {
  const links = routesOf(project).flatMap(({ origin, replica }) => {
    const name = `The origin "${quotable(origin.broker.name.value)}"`;
    return replica.files
      .filter(hasMechanism)
      .flatMap(({ conf }) => origin.files.map((file) => ({ conf, peer: file.conf, name })));
  });
  const members = knownClusters(project).flatMap((cluster) => {
    const active = activeMembers(cluster);
    return active
      .filter(hasMechanism)
      .flatMap(({ conf }) =>
        active
          .filter((other) => other.conf !== conf)
          .map((other) => ({ conf, peer: other.conf, name: `The member of ${nameOf(other)}` })),
      );
  });
  return [...links, ...members];
}

function hasMechanism({ conf }: { readonly conf: ConfDocument }): boolean {
  return meantTextOf(conf, 'ha-mechanism') !== '';
}

function withList(node: string, mechanisms: string, files: ExampleFiles): ExampleFiles {
  return { ...files, [`${node}/sasl2/qpidd.conf`]: `pwcheck_method: auxprop\nmech_list: ${mechanisms}\n` };
}

function broker(mechanism?: string): string {
  const login =
    mechanism === undefined ? '' : `ha-username=qpid-ha\nha-password=secret\nha-mechanism=${mechanism}\n`;
  return `ha-queue-replication=yes\nacl-file=/etc/qpid/qpidd.acl\n${login}`;
}

function member(mechanism: string): string {
  return `ha-cluster=yes\nha-brokers-url=node1,node2\nacl-file=/etc/qpid/qpidd.acl\nha-username=qpid-ha\nha-password=secret\nha-mechanism=${mechanism}\n`;
}
