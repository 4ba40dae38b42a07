import type { FindingDraft, Rule } from '../../../text/rule';
import type { JudgedComment, JudgedFile, JudgedName } from '../judged';
import { isArea } from '../names';
import { comprehensiveRemoval, nameRemoval } from '../removal';

export const unused: Rule<JudgedFile> = {
  id: 'suppression/unused',
  title: 'Suppression that hides nothing',
  severity: 'warning',
  why: 'A comment that hides findings outlives them: the setting is corrected, the line moves, the comment stays. From then on it says that something is wrong where nothing is, and hides the next finding of that rule, which nobody has looked at.',
  source: 'The suppressions of this linter',
  bad: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nport=5672\nauth=no\n',
      },
      fixed: { 'qpidd.conf': 'port=5672\nauth=no\n' },
    },
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable conf/ignored-in-file, conf/odd-duration -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n# qpidha: enable\nauth=no\n',
      },
      fixed: {
        'qpidd.conf':
          '# qpidha: disable conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n# qpidha: enable\nauth=no\n',
      },
    },
  ],
  good: [
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
  ],
  check(file, report) {
    for (const comment of file.comments) {
      for (const draft of draftsFor(file, comment)) report(draft);
    }
  },
};

function draftsFor(file: JudgedFile, comment: JudgedComment): readonly FindingDraft[] {
  const { source } = file;
  const { directive, names, verb, ends } = comment;
  if (verb === 'enable' && names.length === 0 && ends.length === 0)
    return [whole(file, comment, 'Nothing is disabled here: this has no effect.')];
  const idle = names.filter(({ state }) => state === 'unused');
  if (idle.length === 0) return [];
  if (idle.length === names.length) return [whole(file, comment, messageFor(comment, idle))];
  const stays = ({ state }: JudgedName) => state !== 'unused';
  return idle.map((name) => ({
    uri: source.uri,
    span: name.span,
    message: messageFor(comment, [name]),
    ...(directive.verb.text !== '' && {
      fix: { title: `Remove "${name.text}"`, edits: [nameRemoval(source, names, name, stays)] },
    }),
  }));
}

function whole(file: JudgedFile, comment: JudgedComment, message: string): FindingDraft {
  const edits = comprehensiveRemoval(file, comment);
  return {
    uri: file.source.uri,
    span: comment.directive.span,
    message,
    fix: { title: 'Remove the comment', edits },
  };
}

function messageFor({ verb, line }: JudgedComment, idle: readonly JudgedName[]): string {
  const names = [...new Set(idle.map(({ text }) => text))].join(', ');
  if (verb === 'enable') return `${names} is not disabled here: this has no effect.`;
  const where =
    line !== undefined || verb === 'disable-line'
      ? 'on that line'
      : verb === 'disable-file'
        ? 'in this file'
        : 'from here on';
  const one = idle.length === 1 && !isArea(idle[0]?.text ?? '');
  return `Nothing to hide: ${names} ${one ? 'finds' : 'find'} nothing ${where}.`;
}
