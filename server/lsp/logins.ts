import type { CancellationToken } from 'vscode-languageserver';
import type { Credentials } from '../amqp/contract';
import { Secret } from '../amqp/secret';
import type { CredentialsReason } from '../replication/connections';
import type { BrokerRef } from '../replication/contract';
import { type CredentialsParams, type CredentialsResult, credentials as request } from './requests';
import type { Session } from './session';

export type AskForLogin = (broker: BrokerRef, reason: CredentialsReason) => Promise<Credentials | undefined>;

/**
 * A login typed with the address, else what the editor keeps or asks for; none where it cannot be asked.
 *
 * A person who has declined is not asked again in the same run: a watch would ask at every look.
 */
export function loginsFor(
  session: Session,
  typed: ReadonlyMap<string, Credentials>,
  token: CancellationToken,
): AskForLogin {
  const declined = new Set<string>();
  return async ({ name, endpoint }, reason) => {
    const given = typed.get(name);
    if (reason === 'stored' && given !== undefined) return given;
    if (declined.has(endpoint.text)) return undefined;
    const answer = await ask(session, { broker: name, address: endpoint.text, reason }, token);
    if (answer === undefined && reason !== 'stored') declined.add(endpoint.text);
    return answer;
  };
}

async function ask(
  session: Session,
  params: CredentialsParams,
  token: CancellationToken,
): Promise<Credentials | undefined> {
  try {
    const answer = await session.connection.sendRequest<CredentialsResult | null>(request, params, token);
    if (answer === null) return undefined;
    return { username: answer.username, password: new Secret(answer.password) };
  } catch {
    // An editor that does not know the request, or a cancelled one.
    return undefined;
  }
}
