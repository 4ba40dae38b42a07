import { meantTextOf } from '../../qpidd-conf/ha';
import { type ConfDocument, type Setting, settingOf } from '../../qpidd-conf/model';
import type { DocumentUri } from '../../text/document';
import type { FindingDraft, Rule } from '../../text/rule';
import type { FileSystem, Permissions } from '../file-system';
import type { Project } from '../project';
import { folderOf } from '../uris';

const option = 'ha-password';

export const readablePassword: Rule<Project> = {
  id: 'security/readable-password',
  title: 'Password in a file that everybody can read',
  severity: 'warning',
  why: 'Whoever is logged in to this machine can read the password, and it is that of a user who may do everything with the broker. A file that only its owner and the group of the broker can read has mode 0640.\n\nIn a git work tree `chmod` does not help for long: git keeps no permissions, every checkout is readable again, and the history keeps the password. There the file is better without it: a broker takes the password from the environment too, as `QPID_HA_PASSWORD`. What stands in for a password in a template is not reported.',
  source:
    "The permissions of the file and of the folders above it, where the machine has them; git's own documentation.",
  bad: [
    { files: { 'qpidd.conf': secret('secret') }, modes: { 'qpidd.conf': 0o644 } },
    { files: { 'qpidd.conf': secret('secret'), '.git/HEAD': '' }, modes: { 'qpidd.conf': 0o644 } },
  ],
  good: [
    { files: { 'qpidd.conf': secret('secret') }, modes: { 'qpidd.conf': 0o640 } },
    { files: { 'qpidd.conf': secret('@HA_PASSWORD@') }, modes: { 'qpidd.conf': 0o644 } },
    { files: { 'qpidd.conf': 'ha-queue-replication=yes\n' }, modes: { 'qpidd.conf': 0o644 } },
  ],
  check({ confs, files }, report) {
    for (const conf of confs.values()) {
      const setting = settingOf(conf, option);
      const password = meantTextOf(conf, option);
      if (setting === undefined || password === '' || placeholder.test(password)) continue;
      const permissions = files.permissions(conf.source.uri);
      if (permissions?.forEveryone === true) report(finding(conf, setting, files, permissions));
    }
  },
};

/** What tools for templates put in its place: `@NAME@`, `${NAME}`, `{{ name }}`, `<%= name %>`, `%NAME%`. */
const placeholder = /^(?:@.+@|\$\{.+\}|\$[A-Z_]+|\{\{.+\}\}|<.+>|%.+%)$/;

function finding(
  conf: ConfDocument,
  { key }: Setting,
  files: FileSystem,
  { mode }: Permissions,
): FindingDraft {
  const { uri } = conf.source;
  const who = `Everybody on this machine can read this password (mode ${mode.toString(8).padStart(4, '0')})`;
  const cure = isInWorkTree(files, uri)
    ? ', and git keeps no permissions: leave it out of the file, and give it to the broker as QPID_HA_PASSWORD in its environment'
    : ': run "chmod 0640" on it, and let its group be that of the broker';
  return { uri, span: key, message: `${who}${cure}.` };
}

function isInWorkTree(files: FileSystem, uri: DocumentUri): boolean {
  for (let folder = folderOf(uri); ; folder = folderOf(folder)) {
    if (files.list(folder).some(({ name }) => name === '.git')) return true;
    if (folderOf(folder) === folder) return false;
  }
}

function secret(password: string): string {
  return `ha-queue-replication=yes\nha-username=qpid-ha\nha-password=${password}\nha-mechanism=DIGEST-MD5\n`;
}
