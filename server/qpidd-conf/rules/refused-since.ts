import type { Rule } from '../../text/rule';
import type { ConfDocument } from '../model';
import { compareReleases, type Release } from '../release';

/** From then on an empty file is one that cannot be read (Options.cpp parse, QPID-4404 of 2012-10-30). */
export const firstRefusingEmpty: Release = '0.20';

/** Whether the broker of a file passes over what newer ones refuse. */
export function passesOver({ release }: ConfDocument, first: Release): boolean {
  return release !== undefined && compareReleases(release, first) < 0;
}

/** A rule about what the broker refuses since a release: in a file for an older one a warning, which says so. */
export function refusedSince(first: Release, rule: Rule<ConfDocument>): Rule<ConfDocument> {
  return {
    ...rule,
    check(document, report) {
      if (!passesOver(document, first)) return rule.check(document, report);
      rule.check(document, ({ severity = rule.severity, message, ...draft }) => {
        const lighter = severity === 'error' ? 'warning' : severity;
        const more = `Only since ${first}: broker ${document.release} passes over it without a word.`;
        report({ ...draft, severity: lighter, message: `${message} ${more}` });
      });
    },
  };
}
