import { newestRelease, releases } from '../qpidd-conf/release';
import type { YamlKey } from '../yaml/keys';

/** The keys of a file of tests, one table a level: what may be written, and what it means. */

export const formatVersion = 1;

/** Stands in the place of changes: the file is gone. */
export const absent = 'absent';

export const testFileKeys = [
  {
    key: 'version',
    required: true,
    type: 'the number 1',
    summary: 'Version of this format.',
    choices: [{ value: '1', summary: 'The only version there is.' }],
  },
  {
    key: 'tests',
    required: true,
    type: 'a list of tests',
    summary: 'The tests, each on its own: none sees what another one changes.',
  },
  {
    key: '$schema',
    required: false,
    type: 'text',
    summary: 'Where an editor finds the JSON schema of this format. Has no other effect.',
  },
] as const satisfies readonly YamlKey[];

export const testKeys = [
  {
    key: 'name',
    required: true,
    type: 'text',
    summary: 'What the test holds, as a sentence. No two tests of a file have the same.',
  },
  {
    key: 'files',
    required: false,
    type: 'a list of files and folders',
    summary:
      'Where findings count, relative to this file; they are judged together with the whole project all the same. Files of `expect` are always among them.',
    fallback: 'the whole project',
  },
  {
    key: 'given',
    required: false,
    type: 'a mapping from files to changes, or to `absent`',
    summary:
      'What would be different from what is on the disk, by the file that it is about, relative to this one. `absent` stands for a file that is gone. Nothing is written.',
  },
  {
    key: 'expect',
    required: true,
    type: 'a mapping with at least one expectation',
    summary: 'What must then hold.',
  },
] as const satisfies readonly YamlKey[];

export const changeKeys = [
  {
    key: 'set',
    required: false,
    type: 'a mapping from options to values',
    summary:
      'Options that the `qpidd.conf` would set, instead of what it says of them. A list stands for several lines.',
  },
  {
    key: 'unset',
    required: false,
    type: 'a list of options',
    summary: 'Options of which the `qpidd.conf` would say nothing any more.',
  },
  {
    key: 'environment',
    required: false,
    type: 'a mapping from variables to values',
    summary: 'Variables such as `QPID_PORT` with which the broker would be started: they beat the file.',
  },
  {
    key: 'arguments',
    required: false,
    type: 'a list of texts',
    summary: 'The words after `qpidd` on its command line: they beat the file and the environment.',
  },
  {
    key: 'release',
    required: false,
    type: `text: a release, \`"${releases[0]}"\` to \`"${newestRelease}"\``,
    summary: 'The release of the broker that would read the file.',
  },
] as const satisfies readonly YamlKey[];

export const expectKeys = [
  {
    key: 'starts',
    required: false,
    type: 'a mapping from files to `true` or `false`',
    summary: 'Whether a broker would start with the file, or refuse to.',
  },
  {
    key: 'effective',
    required: false,
    type: 'a mapping from files to a mapping from options to values',
    summary:
      'What the broker would run with, wherever it comes from. Values are compared as the broker understands them: `yes`, `true` and `on` are the same. `[]` stands for no value at all.',
  },
  {
    key: 'findings',
    required: false,
    type: 'a mapping from files to lists of rules',
    summary: 'All rules that find something in the file; `[]` stands for none.',
  },
  {
    key: 'finds',
    required: false,
    type: 'a mapping from files to lists of rules',
    summary: 'Rules, or areas such as `ha/*`, of which each finds something in the file; others may as well.',
  },
  {
    key: 'noFindings',
    required: false,
    type: 'a list of rules',
    summary: 'Rules, or areas such as `ha/*`, that find nothing in any of the files.',
  },
] as const satisfies readonly YamlKey[];
