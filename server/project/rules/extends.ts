import { quotable } from '../../config/quotable';
import type { FindingDraft, Rule } from '../../text/rule';
import type { ExtendsFault, ExtendsFaultReason } from '../extends';
import type { Project, UnreadFile } from '../project';

export const extendsRule: Rule<Project> = {
  id: 'config/extends',
  title: 'What a project configuration builds on cannot be used',
  severity: 'error',
  why: 'Without the file that is named under `extends` the rules and releases in it do not count: what was to be an error may pass. Paths are relative to the file in which they stand. What is written in the configuration itself has its effect all the same.',
  source: 'The format of the project configuration, version 1.',
  bad: [
    { files: { 'qpidha.config.yaml': 'version: 1\nextends: gone.qpidha.config.yaml\n' } },
    {
      files: {
        'qpidha.config.yaml': 'version: 1\nextends: [team.qpidha.config.yaml]\n',
        'team.qpidha.config.yaml': 'version: 1\nextends: ./qpidha.config.yaml\n',
      },
    },
    {
      files: {
        'qpidha.config.yaml': 'version: 1\nextends: [team.qpidha.config.yaml]\n',
        'team.qpidha.config.yaml': 'version: 1\nrules: [ha/both-modes]\n',
      },
    },
  ],
  good: [
    {
      files: {
        'qpidha.config.yaml': 'version: 1\nextends: [qpidha:strict, team.qpidha.config.yaml]\n',
        'team.qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-modes: off\n',
      },
    },
  ],
  check({ extendsFaults }, report) {
    for (const fault of extendsFaults) report(finding(fault));
  },
};

function finding({ uri, entry, reason }: ExtendsFault): FindingDraft {
  const message = `"${quotable(entry.value)}" ${describe(reason)}.`;
  const first = reason.kind === 'broken' ? reason.base.problems[0] : undefined;
  if (reason.kind !== 'broken' || first === undefined) return { uri, span: entry.span, message };
  const related = [{ uri: reason.base.source.uri, span: first.span, message: first.message }];
  return { uri, span: entry.span, message, related };
}

function describe(reason: ExtendsFaultReason): string {
  switch (reason.kind) {
    case 'unread':
      return unreadReasons[reason.reason];
    case 'cycle':
      return 'builds on this file itself, or is it: one of the two has to go';
    case 'deep':
      return 'has no effect: no more than ten configurations can build on each other';
    case 'many':
      return 'has no effect: a configuration can build on no more than 100 others';
    case 'broken':
      return 'is not right itself: what is wrong there has no effect';
  }
}

/** To go on after the name of the file. */
const unreadReasons: Readonly<Record<UnreadFile['reason'], string>> = {
  missing: 'does not exist: correct the path, relative to this file, or remove it',
  folder: 'is a folder: name the file in it',
  'too-large': 'has no effect: it is larger than 64 MiB, too large for a configuration',
  permission: 'has no effect: its permissions forbid this user to read it',
  'no-file': 'has no effect: it is a device, a pipe or a socket',
  failed: 'has no effect: reading it failed',
};
