import { Command } from 'commander';
import { version } from '../../package.json';
import { addApply } from './register/apply';
import { addCutover, addReverse } from './register/cutover';
import { addEffective } from './register/effective';
import { addLearn } from './register/learn';
import { addImport } from './register/import';
import { addLint } from './register/lint';
import { addLocal } from './register/local';
import { addPlan } from './register/plan';
import { addRebuild } from './register/rebuild';
import { addSeedCommands } from './register/seed';
import { addStart } from './register/start';
import { addStatus } from './register/status';
import { addStop } from './register/stop';
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
    .showHelpAfterError('Type "qpidha help" for the commands and their options.')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.say })
    .addHelpText('after', exitCodes);
  addLint(program, terminal);
  addLearn(program, terminal);
  addEffective(program, terminal);
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
  addLocal(program, terminal);
  addSeedCommands(program, terminal);
  return program;
}

const exitCodes = `
Exit codes: 0 all is well; 1 findings, or a replication that was refused, failed or is not in step;
2 the command line is wrong; 3 a fault of qpidha itself.`;
