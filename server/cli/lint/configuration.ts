import { resolve } from 'node:path';
import type { parseChosenLevel } from '../../lint/chosen-level';
import type { ConfigurationChoice } from '../../project/configurations';
import { recognise } from '../../project/languages';
import { nodeFileSystem } from '../../project/node-file-system';
import { baseName, uriOfPath } from '../../project/uris';
import type { NameOf } from '../../report/place';
import { visible } from '../../report/visible';
import type { Finding } from '../../text/finding';
import type { Unusable } from './unusable';

/** What the command line says of configurations. */
export interface ConfigurationOptions {
  /** The file that counts for all others, or false: none does. */
  readonly config?: string | false;
  /** `ID=LEVEL`, where a later one counts more. */
  readonly rules?: readonly string[];
  readonly cwd: string;
}

/** Which configuration counts; or what is wrong with the options. Globs of one that is named are relative to `cwd`. */
export async function choiceFrom({
  config,
  rules = [],
  cwd,
}: ConfigurationOptions): Promise<ConfigurationChoice | Unusable> {
  const parsed = rules.length === 0 ? [] : await parsedLevels(rules);
  const faults = parsed.flatMap((rule) => (typeof rule === 'string' ? [`--rule: ${visible(rule)}`] : []));
  const table = parsed.filter((rule) => typeof rule !== 'string');
  if (config === undefined || config === false) {
    const which = { kind: config === false ? 'none' : 'nearest' } as const;
    return faults.length > 0 ? { faults } : { which, levels: table.reverse() };
  }
  const uri = uriOfPath(resolve(cwd, config));
  const { kind } = nodeFileSystem.read(uri);
  if (kind === 'missing') faults.push(`The configuration ${visible(config)} does not exist.`);
  else if (kind === 'unreadable') faults.push(`The configuration ${visible(config)} cannot be read.`);
  if (faults.length > 0) return { faults };
  return { which: { kind: 'one', uri, folder: uriOfPath(cwd) }, levels: table.reverse() };
}

/** Loads all rules, which most runs that are known from before do without. */
async function parsedLevels(
  levels: readonly string[],
): Promise<readonly ReturnType<typeof parseChosenLevel>[]> {
  const { parseChosenLevel: parse } = await import('../../lint/chosen-level');
  return levels.map(parse);
}

/**
 * One sentence for each configuration that is wrong: whatever findings make of the exit code, the files were not
 * checked as its author wants it.
 */
export function configurationFaults(findings: readonly Finding[], nameOf: NameOf): readonly string[] {
  const wrong = findings.filter(({ uri, rule, severity }) => {
    if (rule === 'file/not-read') return recognise(baseName(uri)) === 'config';
    return severity === 'error' && rule.startsWith('config/');
  });
  const files = [...new Set(wrong.map(({ uri }) => uri))];
  return files.map(
    (uri) => `The configuration ${visible(nameOf(uri))} is wrong: not everything in it had its effect.`,
  );
}
