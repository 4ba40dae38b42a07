import type { Rule } from '../../text/rule';
import type { ConfDocument } from '../model';
import { firstStrict } from '../release';
import { adjustedNumber } from './adjusted-number';
import { anonymousBackup } from './anonymous-backup';
import { backupTimeout } from './backup-timeout';
import { badBoolean } from './bad-boolean';
import { badDirective } from './bad-directive';
import { badDuration } from './bad-duration';
import { badEnum } from './bad-enum';
import { badInteger } from './bad-integer';
import { badInterface } from './bad-interface';
import { badLoadModule } from './bad-load-module';
import { badLogRule } from './bad-log-rule';
import { badPattern } from './bad-pattern';
import { badUrl } from './bad-url';
import { blankAroundEquals } from './blank-around-equals';
import { bothModes } from './both-modes';
import { byteOrderMark } from './byte-order-mark';
import { carriageReturn } from './carriage-return';
import { closedToTools } from './closed-to-tools';
import { clusterWithoutBrokersUrl } from './cluster-without-brokers-url';
import { clusterWithoutData } from './cluster-without-data';
import { commandInFile } from './command-in-file';
import { connectionLimit } from './connection-limit';
import { credentialsForTools } from './credentials-for-tools';
import { credentialsInUrl } from './credentials-in-url';
import { credentialsMissing } from './credentials-missing';
import { daemonInFile } from './daemon-in-file';
import { domainInReplies } from './domain-in-replies';
import { duplicateAddress } from './duplicate-address';
import { duplicateSetting } from './duplicate-setting';
import { emptyBoolean } from './empty-boolean';
import { emptyFile } from './empty-file';
import { encryptionRequired } from './encryption-required';
import { equalsInValue } from './equals-in-value';
import { errorsNotLogged } from './errors-not-logged';
import { flowThresholds } from './flow-thresholds';
import { formerOption } from './former-option';
import { hashInPassword } from './hash-in-password';
import { heartbeatWithUnit } from './heartbeat-with-unit';
import { ignoredInFile } from './ignored-in-file';
import { knownHostsInCluster } from './known-hosts-in-cluster';
import { loginWithoutAcl } from './login-without-acl';
import { loopbackAddress } from './loopback-address';
import { lossyCopies } from './lossy-copies';
import { malformedLine } from './malformed-line';
import { managementOff } from './management-off';
import { mechanismMissing } from './mechanism-missing';
import { moduleCopy } from './module-copy';
import { negativeNumber } from './negative-number';
import { notText } from './not-text';
import { nothingListens } from './nothing-listens';
import { nulCharacter } from './nul-character';
import { oddDuration } from './odd-duration';
import { optionNotYet } from './option-not-yet';
import { optionWithoutMode } from './option-without-mode';
import { outOfRange } from './out-of-range';
import { ownAddressMissing } from './own-address-missing';
import { passwordIsUserName } from './password-is-user-name';
import { plainInClear } from './plain-in-clear';
import { portForTools } from './port-for-tools';
import { qmf2Off } from './qmf2-off';
import { quotedValue } from './quoted-value';
import { firstRefusingEmpty, refusedSince } from './refused-since';
import { relativeAclFile } from './relative-acl-file';
import { relativePidDir } from './relative-pid-dir';
import { removedOption } from './removed-option';
import { singleAddress } from './single-address';
import { slowHeartbeat } from './slow-heartbeat';
import { slowMaintenance } from './slow-maintenance';
import { smallFlowLimit } from './small-flow-limit';
import { sslDefaultPort } from './ssl-default-port';
import { storeWithoutDirectory } from './store-without-directory';
import { transportAsHost } from './transport-as-host';
import { truncatedStore } from './truncated-store';
import { twoStores } from './two-stores';
import { unknownOption } from './unknown-option';
import { unknownTransport } from './unknown-transport';
import { unreachableMember } from './unreachable-member';
import { unseenByScript } from './unseen-by-script';
import { unusedSetting } from './unused-setting';
import { usernameWithRealm } from './username-with-realm';

/**
 * All rules that look at one qpidd.conf alone. An error is what the broker refuses to start with, as far as the
 * file can tell: a path, an interface or a module that is not there is known to the broker only.
 */
export const confRules: readonly Rule<ConfDocument>[] = [
  refusedSince(firstStrict, byteOrderMark),
  refusedSince(firstRefusingEmpty, emptyFile),
  notText,
  refusedSince(firstStrict, malformedLine),
  refusedSince(firstStrict, blankAroundEquals),
  carriageReturn,
  refusedSince(firstStrict, unknownOption),
  removedOption,
  optionNotYet,
  duplicateSetting,
  badBoolean,
  badInteger,
  badDuration,
  badEnum,
  badUrl,
  badLogRule,
  badPattern,
  badLoadModule,
  moduleCopy,
  badInterface,
  outOfRange,
  nulCharacter,
  flowThresholds,
  nothingListens,
  unknownTransport,
  storeWithoutDirectory,
  commandInFile,
  ignoredInFile,
  unusedSetting,
  daemonInFile,
  relativePidDir,
  emptyBoolean,
  errorsNotLogged,
  hashInPassword,
  quotedValue,
  negativeNumber,
  oddDuration,
  adjustedNumber,
  clusterWithoutBrokersUrl,
  managementOff,
  optionWithoutMode,
  bothModes,
  credentialsInUrl,
  singleAddress,
  loopbackAddress,
  duplicateAddress,
  sslDefaultPort,
  transportAsHost,
  ownAddressMissing,
  unreachableMember,
  knownHostsInCluster,
  qmf2Off,
  domainInReplies,
  lossyCopies,
  smallFlowLimit,
  slowHeartbeat,
  heartbeatWithUnit,
  closedToTools,
  unseenByScript,
  portForTools,
  slowMaintenance,
  backupTimeout,
  truncatedStore,
  twoStores,
  clusterWithoutData,
  encryptionRequired,
  connectionLimit,
  loginWithoutAcl,
  credentialsMissing,
  mechanismMissing,
  usernameWithRealm,
  equalsInValue,
  credentialsForTools,
  relativeAclFile,
  anonymousBackup,
  plainInClear,
  passwordIsUserName,
  badDirective,
  formerOption,
];
