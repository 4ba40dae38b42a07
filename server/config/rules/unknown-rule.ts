import type { DocumentUri } from '../../text/document';
import { isSlip, nearest } from '../../text/nearest';
import type { FindingDraft, Rule } from '../../text/rule';
import { spanWithin, type YamlText } from '../../yaml/tree';
import type { ConfigDocument } from '../config-document';
import type { KnownRules } from '../known-rules';
import { ruleLevelsIn } from '../model';
import { quotable } from '../quotable';

/** So many names are compared with all that there are. */
const maximumSearches = 100;

/** @param known all rules, of whatever room. */
export function unknownRule(known: KnownRules): Rule<ConfigDocument> {
  return {
    id: 'config/unknown-rule',
    title: 'The project configuration names a rule that does not exist',
    severity: 'error',
    why: 'A level for a rule that does not exist has no effect: what was to be off is still reported, and what was to be an error may pass. Rules are named by their ids, such as `ha/both-modes`, and all rules of an area by `ha/*`. What is wrong with the configuration itself, or with a file that cannot be read at all, is always an error.',
    source: 'The rules of this release: `docs/rules`.',
    bad: [
      {
        files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-mode: off\n' },
        fixed: { 'qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-modes: off\n' },
      },
      { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  no/such-rule: off\n' } },
      { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  config/schema: off\n' } },
    ],
    good: [
      { files: { 'qpidha.config.yaml': 'version: 1\nrules:\n  ha/both-modes: off\n  conf/*: error\n' } },
    ],
    check({ source: { uri }, config }, report) {
      let searches = 0;
      for (const { name } of ruleLevelsIn(config)) {
        if (known.isFixed(name.value)) {
          report({ uri, span: name.span, message: `"${quotable(name.value)}" is always an error.` });
          continue;
        }
        if (known.isKnown(name.value)) continue;
        searches += 1;
        report(finding(uri, name, searches > maximumSearches ? [] : known.names));
      }
    },
  };
}

function finding(uri: DocumentUri, name: YamlText, names: Iterable<string>): FindingDraft {
  const meant = nearest(name.value, names);
  const complaint = `There is no rule "${quotable(name.value)}"`;
  if (meant === undefined) return { uri, span: name.span, message: `${complaint}.` };
  const edits = [{ uri, span: spanWithin(name, 0, name.value.length), newText: meant }];
  return {
    uri,
    span: name.span,
    message: `${complaint}: did you mean "${meant}"?`,
    ...(name.literalStart !== undefined &&
      isSlip(name.value, meant) && { fix: { title: `Change to "${meant}"`, edits } }),
  };
}
