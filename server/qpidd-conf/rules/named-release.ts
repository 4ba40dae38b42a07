import type { RelatedLocation } from '../../text/finding';
import type { ConfDocument } from '../model';
import { parseRelease } from '../release';

/** Who reads the file, at the beginning of a sentence. */
export function theBroker({ release }: ConfDocument): string {
  return release === undefined ? 'The broker' : `Broker ${release}`;
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
