import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromScripts } from '../../import/from-script';
import type { Imported } from '../../import/imported';
import { visible } from '../../report/visible';
import { documentFromBytes } from '../../text/document';
import { UsageError } from '../exit-code';
import type { Terminal } from '../terminal';
import { readFaultOf } from '../write-fault';

/** `qpidha import --script`: what shell scripts would replicate. Throws `UsageError`. */
export function readScripts(
  files: readonly string[],
  settings: readonly string[],
  terminal: Terminal,
): Imported {
  const given = new Map(settings.map(readSetting));
  const scripts = files.map((file) => ({
    name: file === '-' ? 'standard input' : file,
    source: documentFromBytes(pathToFileURL(resolve(terminal.cwd, file)).href, read(file, terminal)),
  }));
  return fromScripts(scripts, given);
}

function readSetting(text: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*|[1-9][0-9]?)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UsageError(`--set "${text.replace(/=.*/s, '=…')}" is not NAME=VALUE.`);
  }
  return [name, value];
}

function read(file: string, { cwd }: Terminal): Uint8Array {
  try {
    return file === '-' ? readFileSync(0) : readFileSync(resolve(cwd, file));
  } catch (error) {
    throw new UsageError(`${visible(file)} cannot be read: ${readFaultOf(error)}.`);
  }
}
