import {
  type CommentPlace,
  proposeInComment,
  type VerbDescription,
  verbsOfSuppression,
} from '../lint/suppression/editing';
import { commentAt } from '../manifest/directives';
import type { ManifestDocument } from '../manifest/manifest-document';
import type { ConfDocument } from '../qpidd-conf/model';
import { releases } from '../qpidd-conf/release';
import { lineAt } from '../qpidd-conf/syntax';
import type { DocumentUri } from '../text/document';
import type { CompletionItem } from '../text/features';
import type { Analysis } from './analysis';

const broker: VerbDescription = {
  verb: 'broker',
  summary: 'names the release of the broker that the file is for',
  words: [...releases].reverse(),
};

const verbsOfConf = [...verbsOfSuppression, broker];

/** Undefined where the cursor is in no comment. */
export function commentInConf({ source }: ConfDocument, offset: number): CommentPlace | undefined {
  const { text } = source;
  const line = lineAt(text, offset);
  const comment = line.kind === 'comment' || line.kind === 'setting' ? line.comment : undefined;
  if (comment === undefined || offset <= comment.start) return undefined;
  return { text, comment, offset: Math.min(offset, comment.end), verbs: verbsOfConf };
}

export function commentInManifest({ source }: ManifestDocument, offset: number): CommentPlace | undefined {
  const comment = commentAt(source, offset);
  return comment && { text: source.text, comment, offset, verbs: verbsOfSuppression };
}

export function completionInComment(
  analysis: Analysis,
  uri: DocumentUri,
  place: CommentPlace,
): readonly CompletionItem[] {
  const found = analysis.checked().findings.get(uri) ?? [];
  return proposeInComment(place, new Set(found.map(({ rule }) => rule)));
}
