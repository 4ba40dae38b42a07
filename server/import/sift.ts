/** What a manifest may not say is taken out of it, with the reason. */
import { parseManifest } from '../manifest/manifest-document';
import { manifestRules } from '../manifest/rules';
import { documentFromText } from '../text/document';
import { errorsIn } from '../text/rule';
import type { Draft, DraftReplication, Omission } from './draft';
import { writeManifest } from './write';

/**
 * The draft without the replications that the rules for manifests call errors: a second origin of one queue, the last
 * part of a circle. Brokers can be in such a state, and scripts can ask for it; a manifest cannot.
 */
export function sift(draft: Draft): Draft {
  // Without a broker it is no manifest at all.
  if (draft.brokers.length === 0) return draft;
  const without = faults(draft);
  if (without.size === 0) return draft;
  const omissions = draft.replications.flatMap((replication): Omission[] => {
    const reason = without.get(replication);
    const { place } = replication;
    return reason === undefined ? [] : [{ ...(place === undefined ? {} : { place }), reason, replication }];
  });
  return sift({
    ...draft,
    replications: draft.replications.filter((replication) => !without.has(replication)),
    omissions: [...draft.omissions, ...omissions],
  });
}

function faults(draft: Draft): ReadonlyMap<DraftReplication, string> {
  const document = parseManifest(documentFromText('draft.qpid.yaml', writeManifest(draft)));
  const reasons = new Map<DraftReplication, string>();
  for (const { span, message } of errorsIn(manifestRules, document)) {
    const index = document.manifest.replications.findIndex(
      (entry) => entry.span.start <= span.start && span.start < entry.span.end,
    );
    const replication = draft.replications[index];
    if (replication === undefined) throw new Error(`the manifest would be wrong: ${message}`);
    if (!reasons.has(replication)) reasons.set(replication, message);
  }
  return reasons;
}
