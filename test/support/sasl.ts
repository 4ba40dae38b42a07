/** Users of real brokers, for tests with `--auth=yes`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../server/amqp/contract';
import { Secret } from '../../server/amqp/secret';

export interface Users {
  /** Options of a broker that lets in these users alone. Its links log in as `linkUser`. */
  args(linkUser: string): readonly string[];
  credentials(user: string): Credentials;
}

/** The passwords stay in a temporary folder. Undefined on machines without the tools of Cyrus SASL. */
export function createUsers(names: readonly string[]): Users | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'qpidha-sasl-'));
  const database = join(folder, 'qpidd.sasldb');
  for (const name of names) {
    const added = spawnSync('saslpasswd2', ['-c', '-p', '-f', database, '-u', 'QPID', name], {
      input: passwordOf(name),
    });
    if (added.status !== 0) return undefined;
  }
  writeFileSync(
    join(folder, 'qpidd.conf'),
    `pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: ${database}\nmech_list: PLAIN\n`,
  );
  return {
    args: (linkUser) => [
      '--auth=yes',
      `--sasl-config=${folder}`,
      '--realm=QPID',
      `--ha-username=${linkUser}`,
      `--ha-password=${passwordOf(linkUser)}`,
      '--ha-mechanism=PLAIN',
    ],
    credentials: (user) => ({ username: user, password: new Secret(passwordOf(user)) }),
  };
}

function passwordOf(user: string): string {
  return `password of ${user}`;
}
