import type { DocumentUri } from '../../text/document';
import type { YamlProblem } from '../../yaml/problem';
import { spanWithin, type YamlText } from '../../yaml/tree';

/** What is wrong with a policy that is well formed. */
export type Fault = Omit<YamlProblem, 'kind'>;

/** The fault of a name that is to be another one. */
export function wrongName(uri: DocumentUri, name: YamlText, message: string, right: string): Fault {
  const { span, literalStart, value } = name;
  if (literalStart === undefined) return { span, message };
  const edits = [{ uri, span: spanWithin(name, 0, value.length), newText: right }];
  return { span, message, fix: { title: `Change to "${right}"`, edits } };
}
