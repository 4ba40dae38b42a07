import type { Member } from './membership';

/** The connection property by which a backup says who it is. */
export const backupProperty = 'qpid.ha-backup';

export function introduce({ systemId, host, port, status }: Member): Readonly<Record<string, unknown>> {
  return { [backupProperty]: { systemId, host, port, status } };
}

/** Undefined: the peer is no member of a cluster. */
export function introducedBy(properties: Readonly<Record<string, unknown>>): Member | undefined {
  const value = properties[backupProperty];
  if (typeof value !== 'object' || value === null) return undefined;
  const { systemId, host = '', port = 0 } = value as Partial<Member>;
  // As what it comes: the primary will tell it what it is.
  return systemId === undefined ? undefined : { systemId, host, port: Number(port), status: 'joining' };
}
