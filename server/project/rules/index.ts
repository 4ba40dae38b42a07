import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { configMissing } from './config-missing';
import { notInCluster } from './not-in-cluster';
import { nothingReplicated } from './nothing-replicated';
import { queueReplicationOff } from './queue-replication-off';
import { readablePassword } from './readable-password';
import { replicateDiffers } from './replicate-differs';

/** What can be wrong between the files of a project. */
export const projectRules: readonly Rule<Project>[] = [
  configMissing,
  queueReplicationOff,
  notInCluster,
  nothingReplicated,
  replicateDiffers,
  readablePassword,
];
