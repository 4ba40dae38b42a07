import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { configMissing } from './config-missing';
import { queueReplicationOff } from './queue-replication-off';
import { readablePassword } from './readable-password';

/** What can be wrong between the files of a project. */
export const projectRules: readonly Rule<Project>[] = [configMissing, queueReplicationOff, readablePassword];
