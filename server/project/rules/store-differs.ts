import { placeOf } from '../../qpidd-conf/ha';
import { type ConfDocument, type Setting, settingsOf, settingsOfOptions } from '../../qpidd-conf/model';
import { moduleFileName } from '../../qpidd-conf/modules';
import type { Rule } from '../../text/rule';
import { clusterExample } from '../examples';
import { activeMembers, knownClusters, nameOf, placeOfOption } from '../members';
import type { Project } from '../project';

export const storeDiffers: Rule<Project> = {
  id: 'ha/store-differs',
  title: 'Cluster with a message store on some members only',
  severity: 'warning',
  why: 'After a full stop the first member that is promoted decides which messages there are, and the others erase what they have. If that one has no store, all durable messages are gone, also those that are in the stores of the others. Reported where a file surely loads a store, or sets an option of it, and another surely has none.',
  source: 'Active-Passive-Cluster, ha-store; QPID-4630',
  bad: [
    clusterExample(
      member('load-module=/usr/lib64/qpid/daemon/linearstore.so'),
      member('no-module-dir=yes', 'load-module=/usr/lib64/qpid/daemon/ha.so'),
    ),
    clusterExample(
      member('store-dir=/var/lib/qpidd'),
      member('no-module-dir=yes', 'load-module=/usr/lib64/qpid/daemon/ha.so'),
    ),
  ],
  good: [
    clusterExample(member(), member('load-module=/usr/lib64/qpid/daemon/linearstore.so')),
    clusterExample(
      member('no-module-dir=yes', 'load-module=/usr/lib64/qpid/daemon/ha.so'),
      member('no-module-dir=yes', 'load-module=/usr/lib64/qpid/daemon/ha.so'),
    ),
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      const members = activeMembers(cluster);
      const stored = members.flatMap((member) => {
        const setting = storeIn(member.conf);
        return setting === undefined ? [] : [{ member, setting }];
      });
      const [first] = stored;
      if (first === undefined) continue;
      for (const { conf } of members.filter((member) => isWithoutStore(member.conf))) {
        report({
          uri: conf.source.uri,
          span: placeOfOption(conf, 'no-module-dir'),
          message: `This member has no message store, and ${nameOf(first.member)} has one: promoted first after a full stop, it lets the others erase theirs. Load the store on all members, or on none.`,
          related: [
            {
              uri: first.member.conf.source.uri,
              span: placeOf(first.setting),
              message: 'Another member has a store.',
            },
          ],
        });
      }
    }
  },
};

const stores = ['linearstore.so', 'legacystore.so'] as const;

/** What loads the store, or is an option of it: without the store the broker would not start. */
function storeIn(conf: ConfDocument): Setting | undefined {
  const loading = settingsOf(conf, 'load-module').find(({ text }) =>
    stores.some((store) => moduleFileName(text) === store),
  );
  if (loading !== undefined || isWithoutStore(conf)) return loading;
  return settingsOfOptions(conf, ({ module }) => stores.some((store) => store === module))[0];
}

function isWithoutStore(conf: ConfDocument): boolean {
  return !conf.modules.foreign && stores.every((store) => conf.modules.absence(store) !== undefined);
}

function member(...lines: readonly string[]): string {
  return [...lines, 'ha-cluster=yes', 'ha-brokers-url=node1,node2', 'ha-replicate=all', ''].join('\n');
}
