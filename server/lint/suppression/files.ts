import type { ConfigDocument } from '../../config/config-document';
import { directivesOf } from '../../manifest/directives';
import type { ManifestDocument } from '../../manifest/manifest-document';
import { unusedBroker, usedBrokers } from '../../manifest/rules/unused-broker';
import { namedFiles, type Project } from '../../project/project';
import type { ConfDocument } from '../../qpidd-conf/model';
import { suppressionVerbs } from '../../text/directive';
import type { SuppressingFile } from './apply';
import { covers } from './names';

/** The rules that look at several files. */
export type ProjectRules = readonly { readonly id: string }[];

/** What these find depends on the machine that looks: a comment that is idle here may be needed there. */
const rulesOfMachines: ProjectRules = [
  { id: 'conf/path-not-here' },
  { id: 'manifest/config-missing' },
  { id: 'security/readable-password' },
];

/** The files of a project that have directives, and in which findings are wanted. */
export function suppressingFiles(project: Project, projectRules: ProjectRules): readonly SuppressingFile[] {
  const linked = namedFiles(project);
  // A file that is missing may be what a rule would have compared with.
  const complete = project.complete && project.unread.size === 0;
  const confs = [...project.confs.values()].flatMap((conf) =>
    fileOfConf(conf, complete && linked.has(conf.source.uri), projectRules),
  );
  const manifests = [...project.manifests.values()].flatMap((manifest) =>
    fileInYaml(manifest, complete, projectRules),
  );
  const configs = [...project.configs.values()].flatMap((config) =>
    fileInYaml(config, complete, projectRules),
  );
  return [...confs, ...manifests, ...configs].filter(({ source }) => project.reported.has(source.uri));
}

/** @param seenTogether whether the file is seen with those that a rule would judge it by. */
function fileOfConf(
  { source, directives, truncated }: ConfDocument,
  seenTogether: boolean,
  projectRules: ProjectRules,
): SuppressingFile[] {
  if (directives.length === 0) return [];
  const decided = (name: string) =>
    !truncated && !isAmong(rulesOfMachines, name) && (seenTogether || !isAmong(projectRules, name));
  return [{ source, directives, decided }];
}

/** While such a file cannot be read, nothing is known of what would be found in it. */
function fileInYaml(
  document: ManifestDocument | ConfigDocument,
  complete: boolean,
  projectRules: ProjectRules,
): SuppressingFile[] {
  const directives = directivesOf(document);
  if (directives.length === 0) return [];
  const readable = !document.problems.some(({ kind }) => kind === 'syntax');
  const open = 'manifest' in document && usedBrokers(document.manifest) === undefined ? [unusedBroker] : [];
  const decided = (name: string) =>
    readable && !isAmong([...rulesOfMachines, ...open], name) && (complete || !isAmong(projectRules, name));
  return [{ source: document.source, directives, decided, verbs: suppressionVerbs }];
}

/** True for a rule whose findings depend on the machine that looks, and not on the files alone. */
export function isRuleOfMachine(rule: string): boolean {
  return isAmong(rulesOfMachines, rule);
}

function isAmong(rules: ProjectRules, name: string): boolean {
  return rules.some(({ id }) => covers(name, id));
}
