import type { Rule } from '../../text/rule';
import { findOption } from '../catalogue';
import type { ConfDocument, FormerKey } from '../model';
import { releases } from '../release';
import { releaseNamed } from './named-release';
import { bad, good, reportEach } from './report';

export const formerOption: Rule<ConfDocument> = {
  id: 'conf/former-option',
  title: 'Option that newer releases do not have any more',
  severity: 'info',
  why: 'The release that the file is for has this option, and obeys it. A newer one does not know the name: before 0.22 it passes over the line, and since then it refuses to start. An upgrade of the broker has to begin here.',
  source: 'Option tables of all release branches and tags of Qpid, 0.4 to 1.39; Options.cpp configFileLine',
  bad: [
    bad('# qpidha: broker 0.16\nha-brokers=node1,node2\n'),
    bad('# qpidha: broker 0.22\nssl-multiplex=yes\n'),
  ],
  good: [
    good('# qpidha: broker 0.18\nha-brokers-url=node1,node2\n'),
    good('# qpidha: broker 0.34\nport=5672\n'),
  ],
  check(document, report) {
    reportEach(document, report, document.former, (former) => ({
      uri: document.source.uri,
      span: former.line.key,
      message: message(former),
      related: releaseNamed(document),
    }));
  },
};

function message({ reading: { removed } }: FormerKey): string {
  const next = removed.until === undefined ? undefined : releases[releases.indexOf(removed.until) + 1];
  const { replacement } = removed;
  const advice =
    replacement === undefined
      ? 'nothing replaces it there'
      : `there it is ${findOption(replacement) === undefined ? replacement : `"${replacement}"`}`;
  return `"${removed.name}" is no option any more since ${next}: ${advice}.`;
}
