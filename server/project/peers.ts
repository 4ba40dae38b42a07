import { type CompleteReplication, isComplete } from '../manifest/model';
import type { DocumentUri } from '../text/document';
import type { ConfigLink, Project } from './project';

/** Files of other brokers that are read to judge those that are asked for. */
const maximumPeers = 200;

/**
 * The files of the brokers that a subject replicates from or to, and of the other members of its cluster, as far as
 * manifests that are no subjects themselves tell, or project configurations.
 */
export function peersOf(project: Project): ReadonlySet<DocumentUri> {
  const { links, manifests, subjects } = project;
  const peers = new Set<DocumentUri>(configuredPeers(project));
  for (const [uri, document] of manifests) {
    if (subjects.has(uri)) continue;
    const own = links.filter(({ manifest }) => manifest === document);
    const concerned = concernedBrokers(own, document.manifest.replications.filter(isComplete), subjects);
    for (const { broker, conf } of own) {
      if (peers.size >= maximumPeers) return peers;
      if (concerned.has(broker.name.value) && !subjects.has(conf)) peers.add(conf);
    }
  }
  return peers;
}

/** The other members of the clusters that project configurations declare. */
function configuredPeers({ clusters, configs, subjects }: Project): readonly DocumentUri[] {
  const own = clusters.filter(
    ({ uri, members }) => configs.has(uri) && members.some(({ conf }) => subjects.has(conf)),
  );
  const confs = own.flatMap(({ members }) => members.map(({ conf }) => conf));
  return confs.filter((conf) => !subjects.has(conf)).slice(0, maximumPeers);
}

function concernedBrokers(
  links: readonly ConfigLink[],
  replications: readonly CompleteReplication[],
  subjects: ReadonlySet<DocumentUri>,
): ReadonlySet<string> {
  const asked = new Set(
    links.filter(({ conf }) => subjects.has(conf)).map(({ broker }) => broker.name.value),
  );
  const concerned = new Set(asked);
  for (const { from, to } of replications) {
    if (asked.has(from.value)) concerned.add(to.value);
    if (asked.has(to.value)) concerned.add(from.value);
  }
  return concerned;
}
