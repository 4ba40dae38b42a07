import type { Rule } from '../../text/rule';
import type { ConfDocument } from '../model';
import { badBoolean } from './bad-boolean';
import { badDuration } from './bad-duration';
import { badEnum } from './bad-enum';
import { badInteger } from './bad-integer';
import { badInterface } from './bad-interface';
import { badLoadModule } from './bad-load-module';
import { badLogRule } from './bad-log-rule';
import { badPattern } from './bad-pattern';
import { badUrl } from './bad-url';
import { blankAroundEquals } from './blank-around-equals';
import { byteOrderMark } from './byte-order-mark';
import { carriageReturn } from './carriage-return';
import { clusterWithoutBrokersUrl } from './cluster-without-brokers-url';
import { commandInFile } from './command-in-file';
import { duplicateSetting } from './duplicate-setting';
import { emptyBoolean } from './empty-boolean';
import { emptyFile } from './empty-file';
import { flowThresholds } from './flow-thresholds';
import { hashInPassword } from './hash-in-password';
import { ignoredInFile } from './ignored-in-file';
import { malformedLine } from './malformed-line';
import { managementOff } from './management-off';
import { negativeNumber } from './negative-number';
import { notText } from './not-text';
import { nothingListens } from './nothing-listens';
import { oddDuration } from './odd-duration';
import { outOfRange } from './out-of-range';
import { quotedValue } from './quoted-value';
import { removedOption } from './removed-option';
import { storeWithoutDirectory } from './store-without-directory';
import { unknownOption } from './unknown-option';
import { unknownTransport } from './unknown-transport';

/**
 * All rules that look at one qpidd.conf alone. An error is what the broker refuses to start with, as far as the
 * file can tell: a path, an interface or a module that is not there is known to the broker only.
 */
export const confRules: readonly Rule<ConfDocument>[] = [
  byteOrderMark,
  emptyFile,
  notText,
  malformedLine,
  blankAroundEquals,
  carriageReturn,
  unknownOption,
  removedOption,
  duplicateSetting,
  badBoolean,
  badInteger,
  badDuration,
  badEnum,
  badUrl,
  badLogRule,
  badPattern,
  badLoadModule,
  badInterface,
  outOfRange,
  flowThresholds,
  nothingListens,
  unknownTransport,
  storeWithoutDirectory,
  commandInFile,
  ignoredInFile,
  emptyBoolean,
  hashInPassword,
  quotedValue,
  negativeNumber,
  oddDuration,
  clusterWithoutBrokersUrl,
  managementOff,
];
