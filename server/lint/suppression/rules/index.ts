import type { Rule } from '../../../text/rule';
import type { JudgedFile } from '../judged';
import { expired } from './expired';
import { malformed } from './malformed';
import { noReason } from './no-reason';
import { refused } from './refused';
import { unknownRule } from './unknown-rule';
import { unused } from './unused';

/** What can be wrong with comments that hide findings. None of these findings can be hidden by one. */
export const suppressionRules: readonly Rule<JudgedFile>[] = [
  expired,
  malformed,
  noReason,
  refused,
  unknownRule,
  unused,
];
