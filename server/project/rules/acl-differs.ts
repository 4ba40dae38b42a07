import { quoted } from '../../qpidd-conf/describe';
import { meantTextOf } from '../../qpidd-conf/ha';
import type { ConfDocument } from '../../qpidd-conf/model';
import { loginWithoutAcl } from '../../qpidd-conf/rules/login-without-acl';
import type { SourceDocument } from '../../text/document';
import type { FindingDraft, Rule } from '../../text/rule';
import { fileBeside } from '../beside';
import { clusterExample, clusterFiles } from '../examples';
import { activeMembers, knownClusters, nameOf, placeOfOption } from '../members';
import { type Outlier, outliers } from '../outliers';
import type { Project } from '../project';
import { isReported } from '../reported';

const option = 'acl-file';

export const aclDiffers: Rule<Project> = {
  id: 'ha/acl-differs',
  title: 'Members of a cluster with different access rules',
  severity: 'warning',
  why: 'Only the primary serves clients, and its ACL file decides what they may do. With other rules on another member, a fail-over takes rights away from clients, or gives them some, and a member that the rules forget is refused. Files that lie beside each `qpidd.conf` are compared, without comments and blanks; where they are not there, different paths are merely a hint.',
  source: 'acl/Acl.cpp; broker/ConnectionHandler.cpp:247',
  bad: [
    clusterExample(member('acl-file=/etc/qpid/qpidd.acl'), member()),
    {
      files: {
        ...clusterFiles(member('acl-file=/etc/qpid/qpidd.acl'), member('acl-file=/etc/qpid/qpidd.acl')),
        'node1/qpidd.acl': 'acl allow qpid-ha@QPID all all\nacl deny all all\n',
        'node2/qpidd.acl': 'acl allow all all\n',
      },
    },
    clusterExample(member('acl-file=/etc/qpid/qpidd.acl'), member('acl-file=/etc/qpid/old.acl')),
  ],
  good: [
    clusterExample(member('acl-file=/etc/qpid/qpidd.acl'), member('acl-file=/etc/qpid/qpidd.acl')),
    {
      files: {
        ...clusterFiles(member('acl-file=/etc/qpid/a.acl'), member('acl-file=/etc/qpid/b.acl')),
        'node1/a.acl': '# The same rules.\nacl allow all all\n',
        'node2/b.acl': 'acl  allow all all\n',
      },
    },
  ],
  check(project, report) {
    const read = (conf: ConfDocument) => accessOf(project, conf);
    for (const cluster of knownClusters(project)) {
      for (const outlier of outliers(project, activeMembers(cluster), read, isSame)) report(finding(outlier));
    }
  },
};

interface Access {
  /** Empty where there is no ACL file. */
  readonly path: string;
  readonly file: SourceDocument | undefined;
}

/** A member that needs a file, and has none, is a finding of its own. */
function accessOf({ files }: Project, conf: ConfDocument): Access | undefined {
  const path = meantTextOf(conf, option);
  if (path === '' && isReported(conf, loginWithoutAcl)) return undefined;
  return { path, file: path === '' ? undefined : fileBeside(files, conf, option) };
}

function isSame(one: Access, other: Access): boolean {
  if (one.file === undefined || other.file === undefined) return one.path === other.path;
  return rulesOf(one.file) === rulesOf(other.file);
}

function rulesOf({ text }: SourceDocument): string {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n');
}

function finding({ member, value, reference, expected }: Outlier<Access>): FindingDraft {
  const { conf } = member;
  const other = nameOf(reference);
  const place = {
    uri: reference.conf.source.uri,
    span: placeOfOption(reference.conf, option),
    message: 'Another member of the cluster has these rules.',
  };
  const draft = { uri: conf.source.uri, span: placeOfOption(conf, option), related: [place] };
  const consequence = 'what clients may do depends on which member is the primary';
  if (value.path === '' || expected.path === '') {
    const [here, there] = [value, expected].map(({ path }) => (path === '' ? 'no ACL file' : 'an ACL file'));
    return { ...draft, message: `This member has ${here}, and ${other} has ${there}: ${consequence}.` };
  }
  if (value.file !== undefined && expected.file !== undefined) {
    const message = `The ACL file of this member has other rules than that of ${other}: ${consequence}. Use the same rules.`;
    return { ...draft, message };
  }
  return {
    ...draft,
    severity: 'info',
    message: `This ACL file is another than ${quoted(expected.path)} of ${other}: it must have the same rules.`,
  };
}

function member(...lines: readonly string[]): string {
  return ['ha-cluster=yes', 'ha-brokers-url=node1,node2', 'ha-replicate=all', 'auth=no', ...lines, ''].join(
    '\n',
  );
}
