import type { YamlKey } from '../../yaml/keys';
import type { Measure } from './limits';

/** The keys of a policy, one table a level. */

/** Stands for any value. */
export const anyValue = 'any';

const expectations = {
  required: false,
  type: 'a mapping from options to `any`, a value, a list of values, or a mapping with more to say',
};

export const policyKeys = [
  {
    ...expectations,
    key: 'require',
    summary:
      'Options that every `qpidd.conf` has to set, each with the values that will do. A default does not count: the file says it. Of an option that may stand several times one line has to be so.',
  },
  {
    key: 'forbid',
    required: false,
    type: 'a list of options, each a text, or a mapping with `option` and `because`',
    summary: 'Options that no `qpidd.conf` may set, to whatever value.',
  },
  {
    ...expectations,
    key: 'allow',
    summary:
      'The values that an option may have where a `qpidd.conf` sets it. `any` lifts what weaker policies say of the option.',
  },
] as const satisfies readonly YamlKey[];

const because = {
  key: 'because',
  required: false,
  type: 'text',
  summary: 'Why, at the end of a sentence: messages show it.',
} as const satisfies YamlKey;

const level = {
  key: 'level',
  required: false,
  type: 'text: `info`, `warning` or `error`',
  choices: [
    { value: 'info', summary: 'It works, and there is a better way.' },
    { value: 'warning', summary: 'It should not stay so.' },
    { value: 'error', summary: 'It must not be so.' },
  ],
  summary:
    'How grave it is not to keep to it. A level of the rule that is configured under `rules` counts more.',
  fallback: 'error',
} as const satisfies YamlKey;

export const policyLevels = level.choices.map(({ value }) => value);

export const forbidKeys = [
  { key: 'option', required: true, type: 'text: the name of an option', summary: 'The option.' },
  because,
  level,
] as const satisfies readonly YamlKey[];

const values = {
  key: 'values',
  required: false,
  type: 'a value, or a list of values',
  summary:
    'The values that will do, as they would stand in a `qpidd.conf`. `yes` is `true`, and `30` is `30s`.',
} as const satisfies YamlKey;

const match = {
  key: 'match',
  required: false,
  type: 'text, or a list of texts',
  summary: 'What the value has to be like: `*` stands for any text, `?` for one character.',
} as const satisfies YamlKey;

const min = {
  key: 'min',
  required: false,
  type: 'a number or a duration',
  summary: 'The least that will do, in the units of the option.',
} as const satisfies YamlKey;

const max = {
  key: 'max',
  required: false,
  type: 'a number or a duration',
  summary:
    'The most that will do, in the units of the option. Where 0 stands for "no limit" it is less than that all the same: then say `min: 1`, too.',
} as const satisfies YamlKey;

/** What can be said of an option whose values have that measure. */
export const limitKeys = {
  amount: [values, min, max, because, level],
  text: [values, match, because, level],
  word: [values, because, level],
} as const satisfies Readonly<Record<Measure, readonly YamlKey[]>>;

/** What can be said of one option or another. */
export const allLimitKeys = [values, match, min, max, because, level] as const satisfies readonly YamlKey[];
