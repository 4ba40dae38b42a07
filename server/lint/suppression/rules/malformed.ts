import { suppressionVerbs } from '../../../text/directive';
import { nearest } from '../../../text/nearest';
import type { FindingDraft, Rule } from '../../../text/rule';
import { span } from '../../../text/span';
import type { PlacedDirective } from '../comment';
import type { JudgedComment, JudgedFile } from '../judged';

export const malformed: Rule<JudgedFile> = {
  id: 'suppression/malformed',
  title: 'Suppression that is not written as one',
  severity: 'warning',
  why: 'A suppression names its rules, and then, behind ` -- `, the reason: `# qpidha: disable-next-line ha/both-modes -- we are moving to a cluster`. There are `disable-next-line`, `disable-line` (behind a setting), `disable` up to `enable`, and `disable-file`. What is written otherwise may hide less than was wanted, or nothing.',
  source: 'The suppressions of this linter',
  bad: [
    { files: { 'qpidd.conf': '# qpidha: disable-next-line -- kept for the tools\nport=5672\n' } },
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
      fixed: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
    {
      files: {
        'qpidd.conf':
          '# qpidha: disable-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
      fixed: {
        'qpidd.conf':
          '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      },
    },
    {
      files: {
        'qpidd.conf':
          'config=/etc/qpid/qpidd.conf # qpidha: disable-line conf/ignored-in-file -- until 2027-02-30: moving\n',
      },
    },
  ],
  good: [
    {
      files: {
        'qpidd.conf':
          'config=/etc/qpid/qpidd.conf # qpidha: disable-line conf/ignored-in-file -- kept for the tools\n',
      },
    },
  ],
  check({ source: { uri }, comments, strangers }, report) {
    for (const comment of comments) {
      for (const draft of faultsOf(uri, comment)) report(draft);
    }
    for (const directive of strangers) report(unknownVerb(uri, directive));
  },
};

function faultsOf(uri: string, comment: JudgedComment): readonly FindingDraft[] {
  const { verb, directive, names, stray, expiry } = comment;
  const faults: FindingDraft[] = [];
  if (names.length === 0 && verb !== 'enable') {
    const message = `"${verb}" names no rule: write its id behind it, as the finding shows it.`;
    faults.push({ uri, span: directive.verb.span, message });
  }
  if (stray !== undefined) faults.push(withoutDashes(uri, comment, stray.start, stray.end));
  if (verb === 'disable-line' && directive.alone && names.length > 0) {
    faults.push({
      uri,
      span: directive.verb.span,
      message: 'Nothing else stands on this line: for the one below it is "disable-next-line".',
      fix: {
        title: 'Change to "disable-next-line"',
        edits: [{ uri, span: directive.verb.span, newText: 'disable-next-line' }],
        onRequest: true,
      },
    });
  }
  if (expiry?.valid === false) {
    const message = `There is no such day: a date is written as in "until 2027-01-31". This one never comes.`;
    faults.push({ uri, span: expiry.span, message });
  }
  return faults;
}

function withoutDashes(uri: string, { directive }: JudgedComment, start: number, end: number): FindingDraft {
  return {
    uri,
    span: span(start, end),
    message: 'Behind the rules nothing stands but a reason, after " -- ".',
    // With a reason of its own it is not clear what the words are meant to be.
    ...(directive.reason === undefined && {
      fix: { title: 'Insert "--"', edits: [{ uri, span: span(start, start), newText: '-- ' }] },
    }),
  };
}

function unknownVerb(uri: string, { verb, span: whole }: PlacedDirective): FindingDraft {
  const known = suppressionVerbs.join(', ');
  if (verb.text === '') return { uri, span: whole, message: `This says nothing: there are ${known}.` };
  if (verb.text === 'broker') {
    const message = 'A manifest is of no release: "broker" stands in a qpidd.conf.';
    return { uri, span: whole, message };
  }
  const meant = nearest(verb.text, suppressionVerbs);
  const word = verb.text.slice(0, 60);
  if (meant === undefined)
    return { uri, span: verb.span, message: `The linter knows no directive "${word}": there are ${known}.` };
  return {
    uri,
    span: verb.span,
    message: `The linter knows no directive "${word}": did you mean "${meant}"?`,
    fix: {
      title: `Change to "${meant}"`,
      edits: [{ uri, span: verb.span, newText: meant }],
      onRequest: true,
    },
  };
}
