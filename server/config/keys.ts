import { newestRelease, releases } from '../qpidd-conf/release';
import type { Choice, YamlKey } from '../yaml/keys';

/** The keys of a project configuration, one table a level: what may be written, and what it means. */

export const formatVersion = 1;

/** What can be made of the findings of a rule. */
export const levels = ['off', 'info', 'warning', 'error'] as const;

export type Level = (typeof levels)[number];

export const levelChoices: readonly Choice[] = [
  { value: 'off', summary: 'The rule is not applied.' },
  { value: 'info', summary: 'It works, and there is a better way.' },
  { value: 'warning', summary: 'It starts, but does not do what was written, or is unsafe.' },
  {
    value: 'error',
    summary: 'The broker refuses to start, or replication cannot work, or messages will be lost.',
  },
];

/** What the linter itself brings along to build on. */
export const presetChoices = [
  {
    value: 'qpidha:strict',
    summary:
      'What would be a warning is an error, and so is what is wrong with a suppression: one without a reason, too.',
  },
] as const satisfies readonly Choice[];

export type PresetName = (typeof presetChoices)[number]['value'];

/** No path begins like this. */
export const presetPrefix = 'qpidha:';

const broker = {
  key: 'broker',
  required: false,
  type: `text: a release, \`"${releases[0]}"\` to \`"${newestRelease}"\``,
  choices: [...releases].reverse().map((value) => ({ value: `"${value}"`, summary: `Release ${value}.` })),
  fallback: newestRelease,
};

const rules = {
  key: 'rules',
  required: false,
  type: 'a mapping from rules to `off`, `info`, `warning` or `error`, or to a mapping with `level` and `ignorable`',
};

const policy = {
  key: 'policy',
  required: false,
  type: 'a mapping with `require`, `forbid` and `allow`',
};

export const configKeys = [
  {
    key: 'version',
    required: true,
    type: 'the number 1',
    summary: 'Version of this format.',
    choices: [{ value: '1', summary: 'The only version there is.' }],
  },
  {
    key: 'extends',
    required: false,
    type: 'a path or a preset, or a list of them',
    choices: presetChoices,
    summary:
      'Configurations on which this one builds: files, by their paths relative to this file, and presets of the linter. A later one counts more than an earlier one, and what is written here counts most. Globs in them are relative to this file, as if they stood here.',
  },
  {
    ...broker,
    summary:
      'The release of the broker that reads the files. Options that it does not have yet, or does not have any more, are errors. A comment `# qpidha: broker 1.36` in a file counts more.',
  },
  {
    ...rules,
    summary:
      'How grave the findings of a rule are, or that it is not applied: by its id, or by `area/*` for all rules of an area. An id counts more than an area.',
  },
  {
    ...policy,
    summary:
      'What every `qpidd.conf` has to set, may not set, and to which values: rules of your own. Of an option the strongest policy counts that mentions it.',
  },
  {
    key: 'overrides',
    required: false,
    type: 'a list of overrides',
    summary: 'What is different for some files. Of several overrides for a file the later counts more.',
  },
  {
    key: 'clusters',
    required: false,
    type: 'a mapping from names to lists of files',
    summary:
      'The clusters, each with the `qpidd.conf` of every member, relative to this file: they are checked together.',
  },
  {
    key: 'ignore',
    required: false,
    type: 'a list of globs',
    summary:
      'Files and folders that are not checked, relative to this file. A file that is named on the command line is checked all the same.',
  },
  {
    key: '$schema',
    required: false,
    type: 'text',
    summary: 'Where an editor finds the JSON schema of this format. Has no other effect.',
  },
] as const satisfies readonly YamlKey[];

export const ruleKeys = [
  {
    key: 'level',
    required: false,
    type: 'text: `off`, `info`, `warning` or `error`',
    choices: levelChoices,
    summary: 'How grave the findings of the rule are, or that it is not applied.',
  },
  {
    key: 'ignorable',
    required: false,
    type: 'a boolean',
    choices: [
      { value: 'true', summary: 'Comments in the files may hide its findings.' },
      { value: 'false', summary: 'They may not.' },
    ],
    summary:
      'Whether comments in the files may hide findings of the rule. Of an id and its area the id counts, as with levels.',
    fallback: 'true',
  },
] as const satisfies readonly YamlKey[];

export const overrideKeys = [
  {
    key: 'files',
    required: true,
    type: 'a glob, or a list of globs',
    summary:
      'The files, relative to this file. `*` stands for any part of a name, `**` for any folders; a glob without a slash fits names in every folder.',
  },
  { ...broker, summary: 'The release of the broker that reads these files.' },
  { ...rules, summary: 'How grave the findings of a rule are in these files, or that it is not applied.' },
  { ...policy, summary: 'What these files have to set, may not set, and to which values.' },
] as const satisfies readonly YamlKey[];

export const clusterKeys = [
  {
    key: 'members',
    required: true,
    type: 'a list of files',
    summary:
      "The members' `qpidd.conf` files, relative to this file; each a text, or a mapping with `file` and `address`.",
  },
] as const satisfies readonly YamlKey[];

export const memberKeys = [
  {
    key: 'file',
    required: true,
    type: 'text',
    summary: 'The `qpidd.conf` of this member, relative to this file.',
  },
  {
    key: 'address',
    required: false,
    type: 'text: `host[:port]`',
    summary:
      'Where this member is reached: `host`, `host:port`, or `amqps://host` for TLS. The default port is 5672. Never a user name or a password.',
  },
] as const satisfies readonly YamlKey[];
