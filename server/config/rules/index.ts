import type { Rule } from '../../text/rule';
import type { ConfigDocument } from '../config-document';
import type { KnownRules } from '../known-rules';
import { policy } from './policy';
import { schema } from './schema';
import { syntax } from './syntax';
import { unknownRule } from './unknown-rule';

/** What can be wrong with a project configuration on its own. */
export function configRules(known: KnownRules): readonly Rule<ConfigDocument>[] {
  return [syntax, schema, policy, unknownRule(known)];
}
