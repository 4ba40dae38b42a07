import { quoted } from '../../qpidd-conf/describe';
import { meantTextOf } from '../../qpidd-conf/ha';
import { type ConfDocument, effectiveBoolean, type Setting, settingsOf } from '../../qpidd-conf/model';
import { withoutQuotes } from '../../qpidd-conf/values/meant';
import type { Rule } from '../../text/rule';
import type { Project } from '../project';
import { pathOfUri, uriOfPath } from '../uris';

export const pathNotHere: Rule<Project> = {
  id: 'conf/path-not-here',
  title: 'A file that the broker of this machine would not find',
  severity: 'warning',
  why: 'This file lies where the broker of this machine has its configuration, below `/etc` or `/usr/local/etc`, and names another that is not here: a broker that is started on this machine gives up. The ACL file must be there (`Could not read ACL file`), the folder of `sasl-config` must hold a `qpidd.conf` (`SASL: failed to parse SASL configuration file`), and so must every module that is loaded by its full path. Files that lie elsewhere, as in a repository, are for other machines, and are not judged.',
  source: 'acl/Acl.cpp:86, SaslAuthenticator.cpp:181, qpid/sys/posix/Shlib.cpp:35; measured',
  bad: [
    { files: { '/etc/qpid/qpidd.conf': on('acl-file=/etc/qpid/qpidd.acl') } },
    {
      files: {
        '/etc/qpid/qpidd.conf': on('data-dir=/srv/qpidd', 'acl-file=qpidd.acl'),
        '/etc/qpid/qpidd.acl': '',
      },
    },
    { files: { '/etc/qpid/qpidd.conf': on('sasl-config=/etc/qpid/sasl') } },
    { files: { '/usr/local/etc/qpid/qpidd.conf': on('load-module=/opt/qpid/xml.so') } },
  ],
  good: [
    { files: { '/etc/qpid/qpidd.conf': on('acl-file=/etc/qpid/qpidd.acl'), '/etc/qpid/qpidd.acl': '' } },
    { files: { 'node1/qpidd.conf': on('acl-file=/etc/qpid/qpidd.acl') } },
    { files: { '/etc/qpid/qpidd.conf': on('sasl-config=/etc/sasl2'), '/etc/sasl2/qpidd.conf': '' } },
  ],
  check({ confs, files }, report) {
    for (const conf of confs.values()) {
      if (!isOfThisMachine(conf)) continue;
      for (const { setting, path, what } of pathsIn(conf)) {
        if (files.read(uriOfPath(path)).kind !== 'missing') continue;
        report({
          uri: conf.source.uri,
          span: setting.value,
          message: `There is no ${quoted(path)} on this machine: a broker that is started here ${what}, and gives up.`,
        });
      }
    }
  },
};

function isOfThisMachine({ source }: ConfDocument): boolean {
  return /^\/(?:usr\/local\/)?etc\//.test(pathOfUri(source.uri) ?? '');
}

interface NamedPath {
  readonly setting: Setting;
  readonly path: string;
  /** What the broker cannot do without it. */
  readonly what: string;
}

/** Full paths, and those that a full path precedes. */
function pathsIn(conf: ConfDocument): readonly NamedPath[] {
  const data = effectiveBoolean(conf, 'no-data-dir') ? '' : meantTextOf(conf, 'data-dir');
  const paths = [
    ...named(conf, 'acl-file', 'cannot read its ACL file', (path) =>
      path.startsWith('/') ? path : `${data}/${path}`,
    ),
    ...named(conf, 'sasl-config', 'finds no SASL configuration', (path) => `${path}/qpidd.conf`),
    ...named(conf, 'load-module', 'cannot load this module', (path) =>
      path.endsWith('.so') ? path : `${path}.so`,
    ),
  ];
  return paths.filter(({ path }) => /^\/[^/]/.test(path));
}

/** Of a setting that may be written once only, the first counts. */
function named(
  conf: ConfDocument,
  option: string,
  what: string,
  full: (path: string) => string,
): readonly NamedPath[] {
  const settings = settingsOf(conf, option);
  return (option === 'load-module' ? settings : settings.slice(0, 1)).flatMap((setting) => {
    const path = withoutQuotes(setting.text) ?? setting.text;
    return path === '' || path.includes('\0') ? [] : [{ setting, path: full(path), what }];
  });
}

function on(...lines: readonly string[]): string {
  return ['ha-queue-replication=yes', ...lines, ''].join('\n');
}
