import { type Memento, type SecretStorage, window } from 'vscode';
import type { CredentialsParams, CredentialsResult } from '../server/lsp/requests';

/** A broker whose login is kept. */
export interface KnownLogin {
  readonly broker: string;
  readonly address: string;
}

const listKey = 'qpidha.logins';

/**
 * The logins of brokers, in VS Code's secret storage.
 *
 * They are kept under the address: a manifest of another workspace that gives the same name to another host
 * must not receive the password. The list of addresses, which is no secret, is kept apart, since a secret
 * storage cannot be listed.
 */
export class Logins {
  constructor(
    private readonly secrets: SecretStorage,
    private readonly memory: Memento,
  ) {}

  /** Answers the server. Undefined when nothing is kept and nobody was asked, or the user declined. */
  async provide(params: CredentialsParams): Promise<CredentialsResult | null> {
    switch (params.reason) {
      case 'stored':
        return await this.stored(params.address);
      case 'rejected': {
        const refused = await this.stored(params.address);
        await this.forget([params]);
        return await this.ask(params, `${params.broker} refused this login.`, refused?.username);
      }
      case 'needed':
        return await this.ask(params, `${params.broker} asks for a login.`);
    }
  }

  known(): readonly KnownLogin[] {
    return this.memory.get<readonly KnownLogin[]>(listKey, []);
  }

  async forget(logins: readonly KnownLogin[]): Promise<void> {
    const addresses = new Set(logins.map(({ address }) => address));
    for (const address of addresses) await this.secrets.delete(secretKey(address));
    await this.memory.update(
      listKey,
      this.known().filter(({ address }) => !addresses.has(address)),
    );
  }

  private async stored(address: string): Promise<CredentialsResult | null> {
    const text = await this.secrets.get(secretKey(address));
    return text === undefined ? null : (JSON.parse(text) as CredentialsResult);
  }

  private async ask(
    { broker, address }: CredentialsParams,
    why: string,
    previous = '',
  ): Promise<CredentialsResult | null> {
    const title = `Log in to ${broker === address ? broker : `${broker} (${address})`}`;
    const username = await window.showInputBox({
      title,
      prompt: `${why} Who are you on this broker?`,
      value: previous,
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? 'A user name is needed.' : undefined),
    });
    if (username === undefined) return null;
    const password = await window.showInputBox({
      title,
      prompt: `Password of ${username}. It is kept in VS Code's secret storage.`,
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined) return null;
    const login: CredentialsResult = { username, password };
    await this.keep({ broker, address }, login);
    return login;
  }

  private async keep({ broker, address }: KnownLogin, login: CredentialsResult): Promise<void> {
    await this.secrets.store(secretKey(address), JSON.stringify(login));
    const others = this.known().filter((known) => known.address !== address);
    await this.memory.update(listKey, [...others, { broker, address }]);
  }
}

function secretKey(address: string): string {
  return `qpidha.login ${address}`;
}
