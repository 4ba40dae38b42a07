import { told } from '../../qpidd-conf/support';
import { type Broker, tryFile } from './broker';
import { errorsIn } from './linter';
import { isOfMachine } from './machine';

/** What broker and linter say to one file. */
export interface Comparison {
  /** `machine`: a refusal that the file alone cannot decide, and no error. `hung`: no answer of the broker. */
  readonly result: 'agree' | 'machine' | 'hung' | 'false-alarm' | 'missed';
  readonly starts: boolean;
  readonly words: string;
  readonly errors: readonly string[];
}

export async function compare(broker: Broker, bytes: Uint8Array): Promise<Comparison> {
  const errors = errorsIn(bytes).map(told);
  let { outcome, words } = await tryFile(broker, bytes);
  // On a busy machine, what ends a broker may take longer than a start.
  if (outcome === 'started' && errors.length > 0) ({ outcome, words } = await tryFile(broker, bytes, 2000));
  return { result: judge(outcome, words, errors.length > 0), starts: outcome === 'started', words, errors };
}

function judge(outcome: 'started' | 'refused' | 'hung', words: string, error: boolean): Comparison['result'] {
  // A broker that neither ends nor serves has not come up.
  if (outcome === 'hung') return error ? 'agree' : 'hung';
  if (outcome === 'started') return error ? 'false-alarm' : 'agree';
  if (error) return 'agree';
  return isOfMachine(words) ? 'machine' : 'missed';
}

/** The line of its output in which a broker gives its reason. */
export function reasonIn(words: string): string {
  const lines = words.split('\n').filter((line) => /critical|error|exception|failed/i.test(line));
  return (lines.at(-1) ?? words.trim().split('\n').at(-1) ?? '').slice(0, 400);
}
