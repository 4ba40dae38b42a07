import {
  type Effective,
  type EffectiveSetting,
  effectiveSettings,
  refusedByLogger,
} from '../qpidd-conf/effective';
import type { ConfDocument } from '../qpidd-conf/model';
import { confRules } from '../qpidd-conf/rules';
import { readCommandLine } from '../qpidd-conf/sources/command-line';
import { errorsIn } from '../text/rule';
import { folded } from './fold';

/** How a broker would be started: its file, as it would then be, and what is said besides. */
export interface Start {
  readonly conf: ConfDocument;
  readonly environment: ReadonlyMap<string, string>;
  readonly args: readonly string[];
}

export function effectiveOf({ conf, environment, args }: Start): Effective {
  return effectiveSettings({ document: conf, environment, args });
}

/**
 * Why the broker would refuse to start; empty where it would. An error of a rule that looks at a file alone is a
 * refusal: `npm run conformance` holds that against the broker. Whether a comment hides it, or a configuration turns
 * the rule off, makes no difference to the broker.
 */
export function refusals(start: Start): readonly string[] {
  const effective = effectiveOf(start);
  const { conf, left } = folded(start.conf, effective);
  const known = effective.settings.map(({ option }) => option);
  return [
    ...readCommandLine(start.args, known).problems,
    ...effective.settings.flatMap(refusedByLogger),
    ...left.filter(isRefused).map(({ option }) => `The value of ${option.name} is refused.`),
    ...errorsIn(confRules, conf).map(({ rule, message }) => `${rule}: ${message}`),
  ];
}

function isRefused({ values }: EffectiveSetting): boolean {
  return values.some(({ value }) => value.kind === 'invalid');
}
