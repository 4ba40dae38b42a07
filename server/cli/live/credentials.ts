import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Credentials } from '../../amqp/contract';
import { Secret } from '../../amqp/secret';
import { variableName } from '../../amqp/tls-environment';
import type { CredentialsReason } from '../../replication/connections';
import type { BrokerRef } from '../../replication/contract';
import type { Terminal } from '../terminal';

/**
 * Credentials for a broker: from `QPIDHA_<NAME>_USERNAME` and `QPIDHA_<NAME>_PASSWORD` (the name in capitals,
 * everything that is no letter or digit as `_`), else from `QPIDHA_USERNAME` and `QPIDHA_PASSWORD`, else
 * from a prompt where a person is there.
 */
export async function askCredentials(
  broker: BrokerRef,
  reason: CredentialsReason,
  terminal: Terminal,
): Promise<Credentials | undefined> {
  if (reason === 'stored') return fromEnvironment(broker.name, terminal.environment);
  if (!terminal.live || !process.stdin.isTTY) {
    const variable = `QPIDHA_${variableName(broker.name)}`;
    const wish = reason === 'rejected' ? 'refused the login that it was given' : 'wants a login';
    terminal.say(`${broker.name} ${wish}: set ${variable}_USERNAME and ${variable}_PASSWORD.\n`);
    return undefined;
  }
  terminal.say(
    reason === 'rejected'
      ? `${broker.name} refused that login. Once more, or press Enter to give up.\n`
      : `${broker.name} wants a login.\n`,
  );
  const username = await prompt(`User name for ${broker.name}: `, false);
  if (username === '') return undefined;
  return { username, password: new Secret(await prompt('Password: ', true)) };
}

export function fromEnvironment(name: string, environment: Terminal['environment']): Credentials | undefined {
  for (const prefix of [`QPIDHA_${variableName(name)}`, 'QPIDHA']) {
    const username = environment[`${prefix}_USERNAME`];
    if (username === undefined) continue;
    return { username, password: new Secret(environment[`${prefix}_PASSWORD`] ?? '') };
  }
  return undefined;
}

async function prompt(question: string, hidden: boolean): Promise<string> {
  let silent = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output: echo, terminal: true });
  try {
    const answer = reader.question(question);
    silent = hidden;
    return await answer;
  } finally {
    reader.close();
    if (hidden) process.stderr.write('\n');
  }
}
