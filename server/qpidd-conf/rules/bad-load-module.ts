import type { FindingDraft, Rule } from '../../text/rule';
import { type ConfDocument, effectiveBoolean, type Setting, settingOf, settingsOf } from '../model';
import { knownModules, moduleFileName, removedModules } from '../modules';
import { isModuleGone } from '../release-history';
import { withoutQuotes } from '../values/meant';
import { bad, fixBy, good, removal, replacement, reportEach } from './report';

export const badLoadModule: Rule<ConfDocument> = {
  id: 'conf/bad-load-module',
  title: 'Module that cannot be loaded',
  severity: 'error',
  why: 'The broker hands the value of `load-module` to the dynamic loader as it is. Without a slash the module is searched among the system libraries and not in the module directory, whose modules are loaded anyway; a value of less than three letters makes the broker stumble over its own string handling. `acl.so` and `ssl.so` were built into the broker with 0.24, and the modules of the old clustering are gone.\n\nA `module-dir` that does not exist stops the start, an empty one included.',
  source: 'Modules.cpp isShlibName, sys/posix/Shlib.cpp; QPID-4938, QPID-4178; measured',
  bad: [
    bad('load-module=ha.so\nha-queue-replication=yes\n', 'ha-queue-replication=yes\n'),
    bad('load-module=/usr/lib64/qpid/daemon/acl.so\nauth=no\n', 'auth=no\n'),
    bad('load-module="/usr/lib64/qpid/daemon/ha.so"\n', 'load-module=/usr/lib64/qpid/daemon/ha.so\n'),
    bad('load-module=ha\nno-module-dir=yes\n'),
    bad('load-module=/usr/lib64/qpid/daemon/cluster.so\n'),
    bad('load-module=libcustom.so\n'),
    bad('load-module=\n'),
    bad('module-dir=\n'),
  ],
  good: [
    good('load-module=/usr/lib64/qpid/daemon/ha.so\n'),
    good('load-module=/usr/lib64/qpid/daemon/ha\n'),
    good('module-dir=/usr/lib64/qpid/daemon\n'),
  ],
  check(document, report) {
    const faulty = settingsOf(document, 'load-module').flatMap((setting) => {
      const fault = faultOf(document, setting);
      return fault === undefined ? [] : [{ uri: document.source.uri, span: setting.value, ...fault }];
    });
    const errors = faulty.filter(({ severity }) => severity === undefined);
    reportEach(document, report, errors, (draft) => draft);
    reportEach(
      document,
      report,
      faulty.filter((draft) => !errors.includes(draft)),
      (draft) => draft,
    );
    const directory = settingOf(document, 'module-dir');
    if (directory !== undefined && (directory.text === '' || isQuoted(directory.text))) {
      report({
        uri: document.source.uri,
        span: directory.value,
        message:
          'There is no such directory, and the broker refuses to start: write the path without quotes, or remove the line.',
        ...unquoted(document, directory),
      });
    }
  },
};

type Fault = Pick<FindingDraft, 'message' | 'fix' | 'severity'>;

function faultOf(document: ConfDocument, setting: Setting): Fault | undefined {
  const { text } = setting;
  if (isQuoted(text)) {
    return {
      message: 'The quotes are a part of the path, and the broker refuses to start: remove them.',
      ...unquoted(document, setting),
    };
  }
  const file = moduleFileName(text);
  if (isModuleGone(file, document.release)) {
    const builtIn = file === 'acl.so' || file === 'ssl.so';
    return {
      message: builtIn
        ? `${file} does not exist any more, since its function is built into the broker, which refuses to start: remove the line.`
        : `${file} does not exist any more, and the broker refuses to start: remove the line and all that relied on the module.`,
      ...(builtIn ? { fix: fixBy('Remove the line', removal(document, setting.line)) } : {}),
    };
  }
  if (text.length < 3) {
    return {
      message: `${text === '' ? 'The name of the module is missing' : 'The name is too short'}, and the broker fails with a message about "basic_string::substr": write the full path of the module.`,
      ...redundant(document, setting, file),
    };
  }
  if (text.includes('/')) return undefined;
  return {
    message: `Without a path ${file} is searched among the system libraries only, not in the module directory: the broker refuses to start when it is not there. Write the full path.`,
    ...(knownModules.has(file) ? {} : { severity: 'warning' as const }),
    ...redundant(document, setting, file),
  };
}

/** A module that lies in the module directory is loaded without the line. */
function redundant(document: ConfDocument, { line }: Setting, file: string): Pick<Fault, 'fix'> {
  const shipped = file === 'ha.so' || file === 'amqp.so' || file === 'linearstore.so';
  const isRead =
    !effectiveBoolean(document, 'no-module-dir') && settingOf(document, 'module-dir') === undefined;
  return shipped && isRead
    ? { fix: fixBy('Remove the line: the module directory is loaded anyway', removal(document, line)) }
    : {};
}

function isQuoted(text: string): boolean {
  return withoutQuotes(text) !== undefined;
}

function unquoted(document: ConfDocument, { text, value }: Setting): Pick<Fault, 'fix'> {
  const inner = withoutQuotes(text) ?? '';
  return inner.startsWith('/') && !removedModules.has(moduleFileName(inner))
    ? { fix: fixBy('Remove the quotes', replacement(document, value, inner)) }
    : {};
}
