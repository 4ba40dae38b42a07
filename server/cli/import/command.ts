import { BrokerError } from '../../amqp/broker-error';
import { fromSurvey } from '../../import/from-survey';
import { type Imported, isWhole } from '../../import/imported';
import { writeManifest } from '../../import/write';
import { survey } from '../../replication/survey';
import { visible } from '../../report/visible';
import { exitCode, UsageError } from '../exit-code';
import { withEngine } from '../live/engine';
import { createNarrator } from '../live/narrator';
import type { LiveOptions } from '../live/replications';
import type { Terminal } from '../terminal';
import { brokersFrom } from './brokers';
import { writeNew } from './output';

export interface ImportOptions {
  /** A file; without it, the manifest is printed. */
  readonly out?: string;
}

export interface ImportFlags extends ImportOptions, Pick<LiveOptions, 'timeout' | 'allowPlainText'> {
  readonly broker: readonly string[];
  readonly script: readonly string[];
  /** `NAME=VALUE` */
  readonly set: readonly string[];
}

/** `qpidha import`. Throws `UsageError`. */
export async function importCommand(flags: ImportFlags, terminal: Terminal): Promise<number> {
  const { broker, script, set } = flags;
  if (broker.length > 0 && script.length > 0) {
    throw new UsageError(
      '--broker and --script exclude each other.',
      'Import one after the other, and compare.',
    );
  }
  if (set.length > 0 && script.length === 0) throw new UsageError('--set belongs to --script.');
  if (broker.length > 0) return importBrokers(broker, flags, terminal);
  if (script.length === 0) {
    throw new UsageError(
      'What is to be imported?',
      'Name brokers, --broker ADDRESS, or scripts, --script FILE.',
    );
  }
  const { readScripts } = await import('./scripts');
  return deliver(readScripts(script, set, terminal), flags, terminal);
}

/** `qpidha import --broker`: a manifest of what brokers replicate. Throws `UsageError`. */
export async function importBrokers(
  addresses: readonly string[],
  options: ImportOptions & Pick<LiveOptions, 'timeout' | 'allowPlainText'>,
  terminal: Terminal,
): Promise<number> {
  const { brokers, credentials } = brokersFrom(addresses);
  const narrator = createNarrator(terminal);
  const engine = { ...options, credentials, farewell: '', onEvent: narrator.onEvent };
  try {
    const seen = await withEngine(terminal, engine, (context) => survey(brokers, context));
    narrator.done();
    return deliver(fromSurvey(seen), options, terminal);
  } catch (error) {
    narrator.done();
    if (!(error instanceof BrokerError)) throw error;
    terminal.say(`qpidha: ${visible(error.message)}\nNothing was written.\n`);
    return exitCode.usage;
  }
}

/** Prints or writes the manifest, and tells what is not in it. */
export function deliver(imported: Imported, { out }: ImportOptions, terminal: Terminal): number {
  const { draft, remarks } = imported;
  const empty = draft.brokers.length === 0;
  const printed = out === undefined || out === '-';
  const text = empty ? '' : writeManifest(draft);
  const written = empty || printed ? undefined : writeNew(out, text, terminal);
  if (written === undefined) terminal.out(text);
  const attention = [
    ...draft.replications.flatMap((entry) =>
      entry.remarks.map(
        (remark) => `${JSON.stringify(entry.queue)}, ${entry.from} to ${entry.to}: ${remark}`,
      ),
    ),
    ...draft.omissions.map(({ place, reason, quote }) => {
      const at = place === undefined ? '' : `${place}: `;
      return `${at}${reason}${quote === undefined ? '' : `\n    ${visible(quote)}`}`;
    }),
  ];
  for (const line of attention) terminal.say(`${shown(line)}\n`);
  for (const { name, remarks: more } of draft.brokers)
    for (const remark of more) terminal.say(`${visible(`${name}: ${remark}`)}\n`);
  for (const remark of remarks) terminal.say(`${visible(remark)}\n`);
  terminal.say(
    `${empty ? 'No replication found that can be imported: nothing was written.' : summary(imported, out, written)}\n`,
  );
  return isWhole(imported) && !empty ? exitCode.ok : exitCode.findings;
}

function shown(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

function summary({ draft }: Imported, out: string | undefined, written: string | undefined): string {
  const { brokers, replications, omissions } = draft;
  const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
  const where = written === undefined || out === undefined ? '' : ` ${out}: ${written}.`;
  const left = omissions.length === 0 ? '' : `, ${omissions.length} not imported`;
  return `${count(brokers.length, 'broker')}, ${count(replications.length, 'replication')}${left}.${where}`;
}
