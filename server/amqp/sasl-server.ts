import type { Socket } from 'node:net';

export interface Authentication {
  readonly anonymous: boolean;
  /** SASL must be used, even to be anonymous. */
  readonly required: boolean;
  plain(username: string, password: string): boolean;
}

interface Mechanism {
  outcome: boolean | undefined;
  username?: string;
  start(response: Buffer | null | undefined): void;
}

/** The library's own PLAIN splits at NUL without regard to empty parts, and neither closes after a failure. */
export function mechanisms(
  { anonymous, plain }: Authentication,
  login: { user: string; mechanism: string },
  socket: Socket,
): Record<string, unknown> {
  const decide = (mechanism: Mechanism, name: string, user: string | undefined): void => {
    mechanism.outcome = user !== undefined;
    if (user === undefined) setImmediate(() => socket.end());
    else Object.assign(login, { user, mechanism: name });
  };
  const make = (name: string, identify: (response: string) => string | undefined) => (): Mechanism => ({
    outcome: undefined,
    start(response) {
      decide(this, name, identify(response?.toString('utf8') ?? ''));
    },
  });
  return {
    ...(anonymous ? { ANONYMOUS: make('ANONYMOUS', () => 'anonymous') } : {}),
    PLAIN: make('PLAIN', (response) => {
      const [, username = '', password = ''] = response.split('\0');
      return plain(username, password) ? username : undefined;
    }),
  };
}
