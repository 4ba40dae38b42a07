import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { aclDiffers } from './acl-differs';
import { addressWithoutListener } from './address-without-listener';
import { brokersUrlDiffers } from './brokers-url-differs';
import { brokersUrlIncomplete } from './brokers-url-incomplete';
import { configMissing } from './config-missing';
import { connectionsForReplicas } from './connections-for-replicas';
import { credentialsDiffer } from './credentials-differ';
import { extendsRule } from './extends';
import { linkAddressIncomplete } from './link-address-incomplete';
import { linkIntervalsDiffer } from './link-intervals-differ';
import { linkNotEncrypted } from './link-not-encrypted';
import { mechanismNotOffered } from './mechanism-not-offered';
import { mechanismWithoutAuth } from './mechanism-without-auth';
import { memberMissing } from './member-missing';
import { memberTwice } from './member-twice';
import { notInCluster } from './not-in-cluster';
import { nothingReplicated } from './nothing-replicated';
import { originWithoutAcl } from './origin-without-acl';
import { pathNotHere } from './path-not-here';
import { plainOverTcp } from './plain-over-tcp';
import { policyForbidden } from './policy-forbidden';
import { policyRequired } from './policy-required';
import { policyValue } from './policy-value';
import { protocolMissing } from './protocol-missing';
import { queueReplicationOff } from './queue-replication-off';
import { readablePassword } from './readable-password';
import { releasesDiffer } from './releases-differ';
import { replicaAfterFailOver } from './replica-after-fail-over';
import { replicaHeartbeat } from './replica-heartbeat';
import { replicaLimits } from './replica-limits';
import { replicaWithoutLogin } from './replica-without-login';
import { replicateDiffers } from './replicate-differs';
import { sameDataDirectory } from './same-data-directory';
import { samePort } from './same-port';
import { settingsDiffer } from './settings-differ';
import { storeDiffers } from './store-differs';
import { twoMembers } from './two-members';

/** What can be wrong between the files of a project, or with a file as such. */
export const projectRules: readonly Rule<Project>[] = [
  configMissing,
  memberMissing,
  memberTwice,
  extendsRule,
  queueReplicationOff,
  notInCluster,
  nothingReplicated,
  protocolMissing,
  replicateDiffers,
  brokersUrlDiffers,
  brokersUrlIncomplete,
  credentialsDiffer,
  aclDiffers,
  settingsDiffer,
  storeDiffers,
  releasesDiffer,
  linkIntervalsDiffer,
  samePort,
  sameDataDirectory,
  twoMembers,
  addressWithoutListener,
  linkAddressIncomplete,
  originWithoutAcl,
  replicaWithoutLogin,
  mechanismWithoutAuth,
  mechanismNotOffered,
  linkNotEncrypted,
  plainOverTcp,
  connectionsForReplicas,
  replicaLimits,
  replicaHeartbeat,
  replicaAfterFailOver,
  readablePassword,
  pathNotHere,
  policyRequired,
  policyForbidden,
  policyValue,
];
