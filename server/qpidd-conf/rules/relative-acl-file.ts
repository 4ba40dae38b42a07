import type { Rule } from '../../text/rule';
import { meantTextOf } from '../ha';
import { type ConfDocument, effectiveBoolean, settingOf } from '../model';
import { bad, good } from './report';

export const relativeAclFile: Rule<ConfDocument> = {
  id: 'conf/relative-acl-file',
  title: 'ACL file with a relative path',
  severity: 'info',
  why: 'A relative `acl-file` is looked for in the data directory, not beside this file, and with `no-data-dir=yes` in the directory where the broker is started. If it is not there the broker gives up: `Could not read ACL file`. A full path says the same everywhere.',
  source: 'acl/AclPlugin.cpp:70; measured',
  bad: [bad('acl-file=qpidd.acl\n'), bad('no-data-dir=yes\nstore-dir=/srv\nacl-file=etc/qpidd.acl\n')],
  good: [good('acl-file=/etc/qpid/qpidd.acl\n'), good('acl-file=\n')],
  check(document, report) {
    const setting = settingOf(document, 'acl-file');
    const path = meantTextOf(document, 'acl-file');
    if (setting === undefined || path === '' || path.startsWith('/')) return;
    const base = effectiveBoolean(document, 'no-data-dir')
      ? 'the directory where it is started'
      : 'its data directory';
    report({
      uri: document.source.uri,
      span: setting.value,
      message: `The broker looks for this file in ${base}: write the full path.`,
    });
  },
};
