/** Certificates and names for TLS, as environment variables tell them: like logins, they are no matter of a manifest. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BrokerError } from './broker-error';
import type { TlsOptions } from './contract';

type Environment = Readonly<Record<string, string | undefined>>;

/** `node2:5673` → `NODE2_5673` */
export function variableName(broker: string): string {
  return broker.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** The end of the variable's name, for each option; all but the name are files. */
const variables = {
  ca: 'TLS_CA',
  certificate: 'TLS_CERTIFICATE',
  key: 'TLS_KEY',
  serverName: 'TLS_SERVER_NAME',
} as const satisfies Record<keyof TlsOptions, string>;

/**
 * From `QPIDHA_<BROKER>_TLS_CA`, `_CERTIFICATE`, `_KEY` (files in PEM) and `_SERVER_NAME`, else from `QPIDHA_TLS_CA`
 * and so on. A certificate may be in one file with its key. Throws `BrokerError` where a file cannot be read.
 */
export function tlsFromEnvironment(broker: string, environment: Environment, folder: string): TlsOptions {
  const find = (end: string): readonly [name: string, value: string] | undefined => {
    for (const name of [`QPIDHA_${variableName(broker)}_${end}`, `QPIDHA_${end}`]) {
      const value = environment[name];
      if (value !== undefined && value !== '') return [name, value];
    }
    return undefined;
  };
  const text = (end: string): string | undefined => {
    const found = find(end);
    return found && read(broker, found[0], resolve(folder, found[1]));
  };
  const ca = text(variables.ca);
  const certificate = text(variables.certificate);
  const key = text(variables.key) ?? (certificate?.includes('PRIVATE KEY-----') ? certificate : undefined);
  const serverName = find(variables.serverName)?.[1];
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

function read(broker: string, variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BrokerError({
      kind: 'tls',
      broker,
      step: 'connecting',
      text: `${file}, which ${variable} names, cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      advice: 'Check the path and its permissions.',
    });
  }
}
