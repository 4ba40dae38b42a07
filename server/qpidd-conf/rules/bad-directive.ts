import { nearest } from '../../text/nearest';
import type { FindingDraft, Rule } from '../../text/rule';
import { quoted } from '../describe';
import { type Directive, directiveVerbs } from '../directives';
import type { ConfDocument } from '../model';
import { nearestRelease, newestRelease, parseRelease, type Release, releases } from '../release';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const badDirective: Rule<ConfDocument> = {
  id: 'conf/bad-directive',
  title: 'Comment to the linter that it does not understand',
  severity: 'warning',
  why: 'A comment that begins with `qpidha:` is meant for the linter: `# qpidha: broker 1.36` says which release of the broker the file is for, and others hide findings. One that the linter does not understand has no effect, so that the file is judged otherwise than was wanted. The broker sees a comment like any other.',
  source: 'The directives of this linter; releases from the tags and version files of qpid-cpp',
  bad: [
    bad('# qpidha: brocker 1.36\nport=5672\n', '# qpidha: broker 1.36\nport=5672\n'),
    bad('# qpidha: broker v1.36\nport=5672\n', '# qpidha: broker 1.36\nport=5672\n'),
    bad('# qpidha: broker 0.21\nport=5672\n'),
    bad('# qpidha: broker\nport=5672\n'),
    bad('# qpidha:\nport=5672\n'),
    bad(
      '# qpidha: disable-nextline conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
      '# qpidha: disable-next-line conf/ignored-in-file -- kept for the tools\nconfig=/etc/qpid/qpidd.conf\n',
    ),
    bad('# qpidha: broker 1.36\n# qpidha: broker 1.39\nport=5672\n'),
  ],
  good: [
    good('# qpidha: broker 1.36\nport=5672\n'),
    good('#qpidha: broker 1.39.0 -- what runs in production\nport=5672\n'),
    good('# see qpidha: it lints this file\nport=5672\n'),
  ],
  check(document, report) {
    const releasesNamed = document.directives.filter(({ verb, argument }) => {
      return verb.text === 'broker' && parseRelease(argument.text) !== undefined;
    });
    const repeated = new Set(releasesNamed.slice(1));
    const findings = document.directives.flatMap((directive) => {
      const finding = repeated.has(directive)
        ? otherRelease(document, directive, releasesNamed[0])
        : misunderstood(document, directive);
      return finding === undefined ? [] : [finding];
    });
    reportEach(document, report, findings, (finding) => finding);
  },
};

function misunderstood(document: ConfDocument, directive: Directive): FindingDraft | undefined {
  const { verb, argument } = directive;
  if (!directiveVerbs.includes(verb.text)) return unknownVerb(document, directive);
  if (verb.text !== 'broker' || parseRelease(argument.text) !== undefined) return undefined;
  const uri = document.source.uri;
  if (argument.text === '') {
    return { uri, span: verb.span, message: `A release is missing: "broker ${newestRelease}".` };
  }
  const certain = certainlyMeant(argument.text);
  const meant = certain ?? nearestRelease(argument.text);
  const refusal = `There is no release ${quoted(argument.text)} of the broker`;
  if (meant === undefined) {
    return { uri, span: argument.span, message: `${refusal}: there are ${releases[0]} to ${newestRelease}.` };
  }
  return {
    uri,
    span: argument.span,
    message: `${refusal}: the nearest is "${meant}".`,
    ...(certain !== undefined && {
      fix: fixBy(`Change to "${meant}"`, replacement(document, argument.span, meant)),
    }),
  };
}

/** Nothing but signs around the number: `v1.36`, `qpidd-1.36.0-3`, `1.36.x`. */
function certainlyMeant(text: string): Release | undefined {
  const number =
    /^["']?(?:v|qpid|qpidd|qpid-cpp|release)?[-_= ]?(\d+\.\d+)(?:\.(?:\d+|x|\*))?(?:-[\w.]*)?["']?$/i.exec(
      text,
    )?.[1];
  return number === undefined ? undefined : parseRelease(number);
}

function unknownVerb(document: ConfDocument, { verb, span }: Directive): FindingDraft {
  const { uri } = document.source;
  const known = directiveVerbs.map((word) => `"${word}"`).join(', ');
  if (verb.text === '')
    return { uri, span, message: `This says nothing: after "qpidha:" stands one of ${known}.` };
  const meant = nearest(verb.text, directiveVerbs);
  const refusal = `The linter knows no directive ${quoted(verb.text)}`;
  if (meant === undefined) return { uri, span: verb.span, message: `${refusal}: there are ${known}.` };
  return {
    uri,
    span: verb.span,
    message: `${refusal}: did you mean "${meant}"?`,
    // One that hides findings is not put into force unasked.
    fix: {
      ...fixBy(`Change to "${meant}"`, replacement(document, verb.span, meant)),
      ...(meant !== 'broker' && { onRequest: true }),
    },
  };
}

function otherRelease(
  document: ConfDocument,
  { span }: Directive,
  first: Directive | undefined,
): FindingDraft {
  const { uri } = document.source;
  return {
    uri,
    span,
    message: 'The release is named already: this has no effect. Remove it.',
    ...(first && { related: [{ uri, span: first.span, message: 'This counts.' }] }),
  };
}
