import type { Rule } from '../../text/rule';
import { takesPartInHa } from '../ha';
import { type ConfDocument, effectiveBoolean, type Setting, settingOf, settingsOf } from '../model';
import { bad, good, offerBy, removal } from './report';

export const unusedSetting: Rule<ConfDocument> = {
  id: 'conf/unused-setting',
  title: 'Setting that another one takes the effect from',
  severity: 'info',
  why: 'Some settings are of use only together with another. Without `ssl-cert-db` there is no SSL, whatever is said about its port and certificates: the broker listens in clear only, which a notice in its log tells, and which is a warning. With `mgmt-enable=no` nothing of management is left to tune, and `no-data-dir` and `no-module-dir` beat the directories that are named beside them.',
  source: 'sys/SslPlugin.cpp earlyInitialize, Broker.cpp, Modules.cpp; measured',
  bad: [
    bad('ssl-port=5671\nssl-cert-name=node1\n'),
    bad('ssl-require-client-authentication=yes\n'),
    bad('mgmt-enable=no\nmgmt-pub-interval=30\n', 'mgmt-enable=no\n'),
    bad(
      'no-data-dir=yes\nstore-dir=/srv/store\ndata-dir=/var/lib/qpidd\n',
      'no-data-dir=yes\nstore-dir=/srv/store\n',
    ),
    bad('no-module-dir=yes\nmodule-dir=/usr/lib64/qpid/daemon\n', 'no-module-dir=yes\n'),
  ],
  good: [
    good('ssl-cert-db=/etc/pki/qpidd\nssl-port=5671\nssl-cert-name=node1\n'),
    good('ssl-require-client-authentication=no\n'),
    good('mgmt-enable=yes\nmgmt-pub-interval=30\n'),
    good('data-dir=/var/lib/qpidd\nmodule-dir=/usr/lib64/qpid/daemon\n'),
  ],
  check(document, report) {
    for (const { names, isUnused, severity, message } of dependencies) {
      const [first, ...others] = names.flatMap((name) => asking(settingOf(document, name)));
      if (first === undefined || !isUnused(document)) continue;
      const at = others.reduce((a, b) => (b.key.start < a.key.start ? b : a), first);
      report({
        uri: document.source.uri,
        span: at.key,
        severity,
        message,
        ...cure(document, names, severity),
      });
    }
  },
};

/** The line can go where it is the only one, and nobody hopes for its effect. */
function cure(document: ConfDocument, names: readonly string[], severity: 'warning' | 'info') {
  const [only, ...others] = names.flatMap((name) => settingsOf(document, name));
  if (only === undefined || others.length > 0 || severity === 'warning') return {};
  return { fix: offerBy('Remove the line', removal(document, only.line)) };
}

interface Dependency {
  readonly names: readonly string[];
  isUnused(document: ConfDocument): boolean;
  readonly severity: 'warning' | 'info';
  readonly message: string;
}

const dependencies: readonly Dependency[] = [
  {
    names: [
      'ssl-port',
      'ssl-cert-name',
      'ssl-cert-password-file',
      'ssl-require-client-authentication',
      'ssl-sasl-no-dict',
      'ssl-use-export-policy',
    ],
    isUnused: (document) => (settingOf(document, 'ssl-cert-db')?.text ?? '') === '',
    severity: 'warning',
    message:
      'Without "ssl-cert-db" this broker has no SSL, and listens in clear only: set "ssl-cert-db" to the certificate database.',
  },
  {
    names: ['mgmt-publish', 'mgmt-pub-interval', 'mgmt-qmf1', 'mgmt-qmf2'],
    // With HA this is a finding of its own.
    isUnused: (document) => !effectiveBoolean(document, 'mgmt-enable') && !takesPartInHa(document),
    severity: 'info',
    message: 'With "mgmt-enable=no" this has no effect: remove the line.',
  },
  {
    names: ['data-dir'],
    isUnused: (document) => effectiveBoolean(document, 'no-data-dir'),
    severity: 'info',
    message: 'With "no-data-dir=yes" this directory is not used: remove one of the two lines.',
  },
  {
    names: ['module-dir'],
    isUnused: (document) => effectiveBoolean(document, 'no-module-dir'),
    severity: 'info',
    message: 'With "no-module-dir=yes" no module is loaded from this directory: remove one of the two lines.',
  },
];

/** Something is expected of it: `no` asks for nothing, and a value that the broker refuses is a finding itself. */
function asking(setting: Setting | undefined): readonly Setting[] {
  if (setting === undefined) return [];
  const { understood, option, text } = setting;
  if (understood.kind === 'boolean' && option.name.startsWith('ssl-'))
    return understood.value ? [setting] : [];
  return understood.kind === 'invalid' || text === '' ? [] : [setting];
}
