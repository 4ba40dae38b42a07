import { Command } from 'commander';
import { version } from '../../package.json';
import { visible } from '../report/visible';
import { addApply } from './register/apply';
import { addCompletion } from './register/completion';
import { addCutover, addReverse } from './register/cutover';
import { addEffective } from './register/effective';
import { addHelp, helpStyle } from './register/help';
import { addImport } from './register/import';
import { addInit } from './register/init';
import { addLearn } from './register/learn';
import { addLint } from './register/lint';
import { addLocal } from './register/local';
import { addPlan } from './register/plan';
import { addRebuild } from './register/rebuild';
import { addSeedCommands } from './register/seed';
import { addStart } from './register/start';
import { addStatus } from './register/status';
import { addStop } from './register/stop';
import { addTest } from './register/test';
import { addVerify } from './register/verify';
import { addWatch } from './register/watch';
import type { Terminal } from './terminal';

/** The commands and their options; what a command does is loaded when it is called. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('qpidha')
    .description(
      'High availability for the Apache Qpid C++ broker: lint, start, watch and stop queue replication.',
    )
    .version(version)
    .exitOverride()
    .configureHelp(helpStyle)
    .showHelpAfterError('Type "qpidha help" for the commands and their options.')
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.say,
      outputError: (text, write) => write(oneLine(text)),
    });
  addLint(program, terminal);
  addInit(program, terminal);
  addLearn(program, terminal);
  addEffective(program, terminal);
  addTest(program, terminal);
  addStart(program, terminal);
  addStop(program, terminal);
  addStatus(program, terminal);
  addVerify(program, terminal);
  addRebuild(program, terminal);
  addCutover(program, terminal);
  addReverse(program, terminal);
  addPlan(program, terminal);
  addApply(program, terminal);
  addWatch(program, terminal);
  addImport(program, terminal);
  addSeedCommands(program, terminal);
  addLocal(program, terminal);
  addCompletion(program, terminal);
  addHelp(program);
  for (const command of program.commands) {
    command.showHelpAfterError(`Type "qpidha help ${command.name()}" for its options.`);
  }
  return program;
}

/** It quotes what was typed, and what begins a line could be a command to the runner of a pipeline. */
function oneLine(text: string): string {
  const [, said = '', hint = ''] = /^([\s\S]*?)(\n\(Did you mean [^\n]*\))?$/.exec(text.trimEnd()) ?? [];
  return `${visible(said)}${hint}\n`;
}
