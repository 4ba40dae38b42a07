import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePlan } from '../../replication/plan';
import { type PlanRequest, type PlanVerdict, verdictOf } from '../../replication/planning/plan-step';
import { savePlan } from '../../replication/planning/saved-plan';
import { UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { writeFaultOf } from '../write-fault';
import { withEngine } from './engine';
import { createNarrator, silentNarrator } from './narrator';
import { planText } from './plan-text';
import type { LiveOptions } from './replications';

/** Of `plan`, as of other tools that plan: a script can tell "nothing to do" from "something to do". */
const exits: Readonly<Record<PlanVerdict, number>> = { 'nothing-to-do': 0, blocked: 1, 'changes-pending': 2 };

/** `qpidha plan`: what would have to be done to make the manifest true. Changes nothing. */
export async function planCommand(
  request: PlanRequest,
  options: LiveOptions & { readonly out?: string },
  terminal: Terminal,
): Promise<number> {
  const narrator = options.json ? silentNarrator : createNarrator(terminal);
  const engine = { ...options, credentials: new Map(), onEvent: narrator.onEvent };
  const plan = await withEngine(terminal, engine, (context) => makePlan(request, context));
  narrator.done();
  const saved = `${JSON.stringify(savePlan(plan), undefined, 2)}\n`;
  terminal.out(options.json ? saved : planText(plan, terminal.outColors));
  if (options.out !== undefined) {
    write(options.out, saved, terminal);
    terminal.say(`Saved. Carry it out: qpidha apply ${options.out}\n`);
  }
  return exits[verdictOf(plan)];
}

function write(file: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(resolve(terminal.cwd, file), text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${writeFaultOf(error)}.`);
  }
}
