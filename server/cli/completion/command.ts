import type { Command } from 'commander';
import { allRules, configurableRules } from '../../lint/all-rules';
import { brokerOptions } from '../../qpidd-conf/catalogue';
import { formatNames } from '../../report/formats';
import { exitCode } from '../exit-code';
import { areas } from '../learn/subjects';
import type { Terminal } from '../terminal';
import { bashScript } from './bash';
import { fishScript } from './fish';
import { type CompletionModel, completionModel } from './model';
import { zshScript } from './zsh';

export type Shell = 'bash' | 'zsh' | 'fish';

const scripts: Readonly<Record<Shell, (model: CompletionModel) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** `qpidha completion SHELL`: prints a script for that shell. */
export function completionCommand(shell: Shell, program: Command, terminal: Terminal): number {
  terminal.out(completionScript(shell, program));
  return exitCode.ok;
}

export function completionScript(shell: Shell, program: Command): string {
  const ids = allRules.map(({ id }) => id);
  const model = completionModel(program, {
    rules: [...configurableRules.names].sort(),
    topics: [...ids, ...areas.map((area) => `${area}/`), ...brokerOptions.map(({ name }) => name)].sort(),
    areas: [...areas].sort(),
    formats: formatNames,
    levels: ['off', 'info', 'warning', 'error'],
  });
  return scripts[shell](model);
}
