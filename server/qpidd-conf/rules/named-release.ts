import type { RelatedLocation, Severity } from '../../text/finding';
import type { ConfDocument } from '../model';
import { firstStrict, parseRelease } from '../release';
import { passesOver } from './refused-since';

/** What becomes of a line of an unknown option: the beginning of a sentence. */
export function refusal(document: ConfDocument): string {
  const { release } = document;
  if (release === undefined) return 'The broker refuses to start';
  return `Broker ${release} ${passesOver(document, firstStrict) ? 'passes over it in silence' : 'refuses to start'}`;
}

/** How grave that is. */
export function gravity(document: ConfDocument): Severity {
  return passesOver(document, firstStrict) ? 'warning' : 'error';
}

/** Where the file says of which release it is; a project configuration may say so too. */
export function releaseNamed({ directives, source: { uri } }: ConfDocument): readonly RelatedLocation[] {
  const directive = directives.find(
    ({ verb, argument }) => verb.text === 'broker' && parseRelease(argument.text) !== undefined,
  );
  return directive === undefined
    ? []
    : [{ uri, span: directive.span, message: 'The release is named here.' }];
}
