import type { RelatedLocation } from '../../text/finding';
import type { FindingDraft, Rule } from '../../text/rule';
import { quoted } from '../describe';
import { type ConfDocument, type Setting, settingOf, settingsOfOptions, type UnknownKey } from '../model';
import type { ModuleAbsence } from '../modules';
import { bad, fixBy, good, replacement, reportEach } from './report';

export const unknownOption: Rule<ConfDocument> = {
  id: 'conf/unknown-option',
  title: 'Option that the broker does not know',
  severity: 'error',
  why: 'The broker never ignores a key that it does not know: it refuses to start with `Bad argument: |line|`. A name must be written in full, in lower case, without `--`, and without the short forms of the command line.\n\nThe options of a module are known only when the module is loaded. Without `ha.so` even `ha-cluster=no` is refused.',
  source: 'Options.cpp configFileLine, Modules.cpp; measured',
  bad: [
    bad('PORT=5672\n', 'port=5672\n'),
    bad('--port=5672\n', 'port=5672\n'),
    bad('p=5672\n', 'port=5672\n'),
    bad('log_prefix=AB\n', 'log-prefix=AB\n'),
    bad('QPID_PORT=5672\n', 'port=5672\n'),
    bad('ha-queue-replicaton=yes\n', 'ha-queue-replication=yes\n'),
    bad('heartbeat-interval=10\n'),
    bad('log-file=/var/log/qpidd.log\n'),
    bad('no-such-option=1\n'),
    bad('password=secret\n'),
    bad('max-iothreads=3\n'),
    bad('no-module-dir=yes\nha-queue-replication=yes\n'),
    bad('module-dir=/srv/modules\nha-queue-replication=yes\n'),
    bad('num-jfiles=8\n'),
  ],
  good: [
    good('port=5672\n'),
    good('no-module-dir=yes\nload-module=/usr/lib64/qpid/daemon/ha.so\nha-queue-replication=yes\n'),
    good('module-dir=/usr/lib64/qpid/daemon\nha-queue-replication=yes\n'),
    good('load-module=/usr/lib64/qpid/daemon/legacystore.so\nnum-jfiles=8\n'),
  ],
  check(document, report) {
    const unknown = document.unknown.filter(({ reading }) => reading.kind !== 'removed');
    reportEach(document, report, unknown, (key) => unknownKey(document, key));
    const { modules } = document;
    const lost = settingsOfOptions(document, ({ module }) => modules.absence(module) !== undefined);
    for (const setting of firstOfEachModule(lost)) {
      const absence = modules.absence(setting.option.module);
      if (absence !== undefined) report(absent(document, setting, absence));
    }
  },
};

function unknownKey(document: ConfDocument, { line, name, reading }: UnknownKey): FindingDraft {
  const draft = { uri: document.source.uri, span: line.key };
  const refusal = `The broker knows no option ${quoted(name)} and refuses to start`;
  switch (reading.kind) {
    case 'corrected':
      return {
        ...draft,
        message: `${refusal}: write "${reading.option.name}".`,
        fix: fixBy(
          `Change to "${reading.option.name}"`,
          replacement(document, line.key, reading.option.name),
        ),
      };
    case 'elsewhere':
      return {
        ...draft,
        message:
          reading.option.scope === 'client'
            ? `"${name}" is an option of client programs: the broker refuses to start. Move the line to qpidc.conf.`
            : `Only a broker on Windows knows the option "${name}": others refuse to start. Remove the line.`,
      };
    case 'unknown':
      if (document.modules.foreign) {
        return {
          ...draft,
          severity: 'warning',
          message: `The broker knows no option ${quoted(name)}. Unless a module that this file loads defines it, the broker refuses to start.`,
        };
      }
      return { ...draft, message: `${refusal}${suggestion(reading.nearest)}` };
    case 'removed':
      return { ...draft, message: `${refusal}.` };
  }
}

function suggestion(nearest: readonly string[]): string {
  return nearest.length === 0 ? '.' : `. Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`;
}

/** One finding is enough for all the options of a module that is not there. */
function firstOfEachModule(settings: readonly Setting[]): readonly Setting[] {
  const first = new Map<string, Setting>();
  for (const setting of settings) {
    if (!first.has(setting.option.module)) first.set(setting.option.module, setting);
  }
  return [...first.values()];
}

function absent(document: ConfDocument, { option, key }: Setting, absence: ModuleAbsence): FindingDraft {
  return {
    uri: document.source.uri,
    span: key,
    message: `"${option.name}" is an option of the module ${option.module}: without it the broker refuses to start. ${reason(option.module, absence)}`,
    related: relatedLocations(document, absence),
  };
}

function reason(module: string, absence: ModuleAbsence): string {
  const advice = `add "load-module=" with the full path of ${module}`;
  switch (absence.kind) {
    case 'no-module-dir':
      return `Here "no-module-dir=yes" leaves it out: remove that line, or ${advice}.`;
    case 'other-directory':
      return `Here "module-dir" names a directory that is not the one of an installed broker (…/qpid/daemon): remove that line, or ${advice}.`;
    case 'not-distributed':
      return `No distribution puts it into the module directory: remove the line, or ${advice}.`;
  }
}

function relatedLocations(document: ConfDocument, { kind }: ModuleAbsence): readonly RelatedLocation[] {
  if (kind === 'not-distributed') return [];
  const setting = settingOf(document, kind === 'no-module-dir' ? 'no-module-dir' : 'module-dir');
  return setting === undefined
    ? []
    : [
        {
          uri: document.source.uri,
          span: setting.line.span,
          message: 'This keeps the module from being loaded.',
        },
      ];
}
