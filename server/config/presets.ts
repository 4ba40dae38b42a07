import { span } from '../text/span';
import type { Level, PresetName } from './keys';
import { type Config, emptyConfig, type RuleLevel } from './model';

/** The presets, as configurations: of none there is a file. */
const presets: Readonly<Record<PresetName, Config>> = {
  'qpidha:strict': {
    ...emptyConfig,
    raisesWarnings: true,
    rules: [ruleLevel('suppression/*', 'error')],
  },
};

export function presetOf(name: string): Config | undefined {
  return new Map(Object.entries(presets)).get(name);
}

/** A level that stands in no file. */
export function ruleLevel(name: string, level: Level): RuleLevel {
  return { name: { value: name, span: span(0, 0), literalStart: undefined }, level };
}
