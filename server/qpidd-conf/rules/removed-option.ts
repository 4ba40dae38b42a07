import type { Fix } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import { findOption, type RemovedOption } from '../catalogue';
import { type ConfDocument, settingOf, type UnknownKey } from '../model';
import { existsIn } from '../release-history';
import { parseBoolean } from '../values/boolean';
import { gravity, refusal } from './named-release';
import { bad, fixBy, good, removal, replacement, reportEach } from './report';

export const removedOption: Rule<ConfDocument> = {
  id: 'conf/removed-option',
  title: 'Option of an older release',
  severity: 'error',
  why: 'A name that an older broker knew, or that only a book knows, is an unknown key like any other: the broker refuses to start. By far the most frequent one is `cluster-mechanism`, copied from the default files of 0.6 to 0.20, where it had no effect without the cluster module.',
  source: 'git history of the option tables; Options.cpp configFileLine',
  bad: [
    bad('ha-brokers=node1,node2\n', 'ha-brokers-url=node1,node2\n'),
    bad('link-maintenace-interval=1\n', 'link-maintenance-interval=1\n'),
    bad('port=5672\ncluster-mechanism=DIGEST-MD5 ANONYMOUS\n', 'port=5672\n'),
    bad('staging-threshold=1\n', '\n'),
    bad('no-auth=yes\n', 'auth=no\n'),
    bad('cluster-name=east\ncluster-mechanism=PLAIN\n', 'cluster-name=east\ncluster-mechanism=PLAIN\n'),
    bad('ssl-multiplex=yes\n'),
    bad('Cluster-Size=3\n', '\n'),
    bad('cluster-mechansim=PLAIN\nauth=no\n', 'auth=no\n'),
    bad('# qpidha: broker 0.18\nmax-session-rate=1\nport=5672\n'),
  ],
  good: [
    good('ha-brokers-url=node1,node2\n'),
    good('# cluster-mechanism=PLAIN\n'),
    good('# qpidha: broker 0.18\nssl-multiplex=yes\n'),
  ],
  check(document, report) {
    const cluster = document.unknown.some(
      ({ reading }) => reading.kind === 'removed' && reading.removed.name === 'cluster-name',
    );
    reportEach(
      document,
      report,
      document.unknown.filter(({ reading }) => reading.kind === 'removed'),
      (key) => finding(document, key, cluster),
    );
  },
};

/** @param cluster whether the file sets up the clustering of old, which needs a decision and no quick cure. */
function finding(document: ConfDocument, key: UnknownKey, cluster: boolean): FindingDraft {
  const draft = { uri: document.source.uri, span: key.line.key };
  if (key.reading.kind !== 'removed') return { ...draft, message: 'The broker does not know this option.' };
  const { removed } = key.reading;
  const fix = cure(document, key, removed, cluster);
  return {
    ...draft,
    severity: gravity(document),
    message: `${history(removed)} ${refusal(document)}: ${advice(document, removed)}.`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** The name may be misspelt in the file. */
function history({ name, removed, never, since, until }: RemovedOption): string {
  if (never !== undefined) return `"${name}" is no option. ${never}`;
  if (since === undefined || until === undefined) return `"${name}" was removed on ${removed}.`;
  const releases = since === until ? since : `${since} to ${until}`;
  return `"${name}" was an option of ${releases} only.`;
}

function advice(document: ConfDocument, { name, replacement, cure }: RemovedOption): string {
  if (name === 'cluster-mechanism' && document.release === undefined)
    return 'remove the line, or set "ha-mechanism" for a cluster of today';
  if (cure === 'remove' || replacement === undefined || !isThere(document, replacement)) {
    return 'nothing replaces it, remove the line';
  }
  return findOption(replacement) === undefined ? `use ${replacement}` : `use "${replacement}"`;
}

/** Words that name no option count as advice for all releases. */
function isThere({ release }: ConfDocument, replacement: string): boolean {
  const option = findOption(replacement);
  return option === undefined || existsIn(option, release);
}

function cure(
  document: ConfDocument,
  { line }: UnknownKey,
  removed: RemovedOption,
  cluster: boolean,
): Fix | undefined {
  const { name, replacement: next = '' } = removed;
  if (!isThere(document, next)) return undefined;
  if (removed.cure === 'rename') return fixBy(`Change to "${next}"`, replacement(document, line.key, next));
  if (removed.cure === 'remove' || (name === 'cluster-mechanism' && !cluster)) {
    return fixBy('Remove the line', removal(document, line));
  }
  const value = parseBoolean(document.source.text.slice(line.value.start, line.value.end));
  if (removed.cure !== 'negate' || value === undefined || settingOf(document, next) !== undefined)
    return undefined;
  const inverted = value ? 'no' : 'yes';
  return fixBy(
    `Change to "${next}=${inverted}"`,
    replacement(document, line.key, next),
    replacement(document, line.value, inverted),
  );
}
