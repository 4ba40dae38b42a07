import type { Rule } from '../../text/rule';
import type { ManifestDocument } from '../manifest-document';
import { badAddress } from './bad-address';
import { duplicateReplication } from './duplicate-replication';
import { passwordInFile } from './password-in-file';
import { replicaCycle } from './replica-cycle';
import { sameBroker } from './same-broker';
import { schema } from './schema';
import { syntax } from './syntax';
import { twoOrigins } from './two-origins';
import { unknownBroker } from './unknown-broker';
import { unusedBroker } from './unused-broker';

/** What can be wrong with one manifest on its own. */
export const manifestRules: readonly Rule<ManifestDocument>[] = [
  syntax,
  schema,
  passwordInFile,
  badAddress,
  unknownBroker,
  sameBroker,
  twoOrigins,
  replicaCycle,
  duplicateReplication,
  unusedBroker,
];
