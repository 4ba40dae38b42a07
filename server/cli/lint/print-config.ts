import { resolve } from 'node:path';
import { configurableRules } from '../../lint/all-rules';
import { lintProject } from '../../lint/lint-project';
import { Configurations } from '../../project/configurations';
import { DocumentCache } from '../../project/document-cache';
import { nodeFileSystem } from '../../project/node-file-system';
import { openProject } from '../../project/open-project';
import { policyInWords } from '../../project/policy';
import { uriOfPath } from '../../project/uris';
import { newestRelease } from '../../qpidd-conf/release';
import { type ExitCode, exitCode } from '../exit-code';
import { type ConfigurationOptions, choiceFrom, configurationFaults } from './configuration';
import { namesFrom } from './names';

export interface PrintConfigOptions extends ConfigurationOptions {
  /** A file, whether it is there or not. */
  readonly file: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** `qpidha lint --print-config FILE`: what all configurations and options together say of a file, as JSON. */
export async function printConfig(options: PrintConfigOptions): Promise<ExitCode> {
  const { file, cwd, stdout, stderr } = options;
  const choice = await choiceFrom(options);
  if ('faults' in choice) {
    for (const line of choice.faults) stderr(`qpidha lint: ${line}\n`);
    return exitCode.usage;
  }
  const uri = uriOfPath(resolve(cwd, file));
  const configurations = new Configurations(nodeFileSystem, new DocumentCache(), undefined, choice);
  const configuration = configurations.uriFor(uri);
  const settings = configurations.settingsFor(uri);
  const nameOf = namesFrom(cwd);
  const rules = configurableRules.all.map(({ id, severity }) => [id, settings.levelFor(id, severity)]);
  const output = {
    file: nameOf(uri),
    configuration: configuration === undefined ? null : nameOf(configuration),
    extends: configuration === undefined ? [] : configurations.stack(configuration)?.bases.map(nameOf),
    ignored: settings.isIgnored,
    broker: settings.broker ?? newestRelease,
    rules: Object.fromEntries(rules),
    policy: policyInWords(settings).map(({ uri, ...entry }) => ({ ...entry, from: nameOf(uri) })),
  };
  stdout(`${JSON.stringify(output, undefined, 2)}\n`);
  if (configuration === undefined) return exitCode.ok;
  const findings = lintProject(openProject(nodeFileSystem, [{ uri: configuration, language: 'config' }]));
  const faults = configurationFaults(findings, nameOf);
  for (const line of faults) stderr(`qpidha lint: ${line}\n`);
  return faults.length > 0 ? exitCode.usage : exitCode.ok;
}
