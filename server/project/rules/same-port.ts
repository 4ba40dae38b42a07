import { clusterUrlOf, isLoopback, placeOf } from '../../qpidd-conf/ha';
import { settingOf, settingsOf } from '../../qpidd-conf/model';
import type { Rule } from '../../text/rule';
import { clusterFiles } from '../examples';
import { knownClusters, type Member, nameOf } from '../members';
import type { Project } from '../project';
import { membersByHost, repeated } from '../same-host';

export const samePort: Rule<Project> = {
  id: 'ha/same-port',
  title: 'Two members of a cluster on one host and one port',
  severity: 'warning',
  why: "Two brokers cannot listen on one port of one host: the second gives up with `Couldn't find any network address to listen to`. Reported where the addresses say that they are on one host, and both files set the port: it may be set on the command line else. It is an error where the members find each other on the loopback interface; on another they may be in containers that forward ports.",
  source: 'sys/SocketTransport.cpp; measured',
  bad: [
    { files: clusterFiles(member('port=5673'), member('port=5673')) },
    {
      files: clusterFiles(
        member('ssl-port=5771', 'ssl-cert-db=/d'),
        member('port=5673', 'ssl-port=5771', 'ssl-cert-db=/d'),
      ),
    },
  ],
  good: [
    { files: clusterFiles(member('port=5672'), member('port=5673')) },
    { files: clusterFiles(member(), member()) },
    {
      files: clusterFiles(
        member('port=5672', 'interface=127.0.0.1'),
        member('port=5672', 'interface=127.0.0.2'),
      ),
    },
  ],
  check(project, report) {
    for (const cluster of knownClusters(project)) {
      for (const members of membersByHost(cluster)) {
        for (const option of ['port', 'ssl-port'] as const) {
          for (const { member, first } of repeated(members, (one) => listenerOf(one, option))) {
            const [own, other] = [member, first].map(({ conf }) => settingOf(conf, option));
            if (own === undefined || other === undefined) continue;
            report({
              uri: member.conf.source.uri,
              span: placeOf(own),
              ...(isLocal(member) && { severity: 'error' as const }),
              message: `${nameOf(first)} has the same "${option}", and both members are on one host: the broker that starts second gives up. Write another port, here and in all addresses.`,
              related: [
                {
                  uri: first.conf.source.uri,
                  span: placeOf(other),
                  message: 'The other member listens on this port.',
                },
              ],
            });
          }
        }
      }
    }
  },
};

/** Containers that share the loopback interface share its ports. */
function isLocal({ conf }: Member): boolean {
  return clusterUrlOf(conf)?.url.members.every(({ host }) => isLoopback(host)) === true;
}

/** Port and interfaces; undefined where that is not known, or any port will do. */
function listenerOf({ conf }: Member, option: 'port' | 'ssl-port'): string | undefined {
  const port = settingOf(conf, option)?.understood;
  if (port?.kind !== 'integer' || port.value === 0 || settingsOf(conf, 'socket-fd').length > 0)
    return undefined;
  if (option === 'ssl-port' && (settingOf(conf, 'ssl-cert-db')?.text ?? '') === '') return undefined;
  const transport = option === 'port' ? 'tcp' : 'ssl';
  if (settingsOf(conf, 'listen-disable').some(({ text }) => text === transport)) return undefined;
  const interfaces = settingsOf(conf, 'interface').map(({ text }) => text);
  return [port.value, ...interfaces.sort()].join(' ');
}

function member(...lines: readonly string[]): string {
  return [
    ...lines,
    'ha-cluster=yes',
    'ha-brokers-url=127.0.0.1:5672,127.0.0.1:5673',
    'ha-replicate=all',
    '',
  ].join('\n');
}
