import type { FindingDraft, Rule } from '../../text/rule';
import type { ConfDocument, Setting } from '../model';
import type { Release } from '../release';
import { firstRelease, formerName } from '../release-history';
import { gravity, refusal, releaseNamed } from './named-release';
import { bad, good, reportEach } from './report';

export const optionNotYet: Rule<ConfDocument> = {
  id: 'conf/option-not-yet',
  title: 'Option of a newer release',
  severity: 'error',
  why: 'To a broker that is older than an option its name is an unknown key like any other: it refuses to start; before 0.22 it passes over the line in silence. The release stands in the file (`# qpidha: broker 1.36`) or in the project configuration (`broker: "1.36"`); without one the options of the newest release are assumed.',
  source: 'Option tables of all release branches and tags of Qpid, 0.4 to 1.39; Options.cpp configFileLine',
  bad: [
    bad('# qpidha: broker 1.36\nsession-max-unacked=5000\n'),
    bad('# qpidha: broker 1.39.0\nmax-purge-batch=100\n'),
    bad('# qpidha: broker 0.20\nha-queue-replication=yes\n'),
    bad('# qpidha: broker 0.18\nlink-maintenance-interval=1\n'),
  ],
  good: [
    good('session-max-unacked=5000\nmax-purge-batch=100\n'),
    good('# qpidha: broker 1.37\nsession-max-unacked=5000\n'),
    good('# qpidha: broker 0.22\nha-queue-replication=yes\n'),
    good('# qpidha: broker 0.16\nha-brokers=node1,node2\n'),
  ],
  check(document, report) {
    const { release } = document;
    if (release === undefined) return;
    reportEach(document, report, document.index.early(), (setting) => finding(document, setting, release));
  },
};

function finding(document: ConfDocument, { option, key }: Setting, release: Release): FindingDraft {
  const former = formerName(option, release);
  const advice = former === undefined ? 'remove the line' : `it knows the option as "${former}"`;
  return {
    uri: document.source.uri,
    span: key,
    severity: gravity(document),
    message: `"${option.name}" is an option since ${firstRelease(option.name)}. ${refusal(document)}: ${advice}.`,
    related: releaseNamed(document),
  };
}
