import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { aclDiffers } from './acl-differs';
import { brokersUrlDiffers } from './brokers-url-differs';
import { brokersUrlIncomplete } from './brokers-url-incomplete';
import { configMissing } from './config-missing';
import { credentialsDiffer } from './credentials-differ';
import { linkIntervalsDiffer } from './link-intervals-differ';
import { notInCluster } from './not-in-cluster';
import { nothingReplicated } from './nothing-replicated';
import { queueReplicationOff } from './queue-replication-off';
import { readablePassword } from './readable-password';
import { replicateDiffers } from './replicate-differs';
import { sameDataDirectory } from './same-data-directory';
import { samePort } from './same-port';
import { settingsDiffer } from './settings-differ';
import { storeDiffers } from './store-differs';
import { twoMembers } from './two-members';

/** What can be wrong between the files of a project, or with a file as such. */
export const projectRules: readonly Rule<Project>[] = [
  configMissing,
  queueReplicationOff,
  notInCluster,
  nothingReplicated,
  replicateDiffers,
  brokersUrlDiffers,
  brokersUrlIncomplete,
  credentialsDiffer,
  aclDiffers,
  settingsDiffer,
  storeDiffers,
  linkIntervalsDiffer,
  samePort,
  sameDataDirectory,
  twoMembers,
  readablePassword,
];
