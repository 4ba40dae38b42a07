import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comparison, reasonIn } from './compare';

/** Files on which broker and linter once disagreed, in their smallest form, with the broker's verdict. */
export interface Found {
  /** Base64. */
  readonly config: string;
  readonly starts: boolean;
  /** The line in which the broker gave its reason; empty where it started. */
  readonly words: string;
}

const folder = join(import.meta.dirname, '../qpidd-conf/found');

export function readFound(): readonly (Found & { readonly name: string })[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Found) }));
}

/** @returns the path of the new fixture. */
export function writeFound(bytes: Uint8Array, { starts, words }: Comparison): string {
  const config = Buffer.from(bytes).toString('base64');
  const found: Found = { config, starts, words: starts ? '' : withoutTime(reasonIn(words)) };
  const path = join(folder, `${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(found, undefined, 2)}\n`);
  return path;
}

/** What is the same at every start, and tells nothing of the place where the broker was built. */
function withoutTime(line: string): string {
  return line
    .replace(/^[-0-9]+ [:0-9]+ /, '')
    .replace(/ \([^()]*\.cpp:[0-9]+\)/g, '')
    .replace(/\(pid=[0-9]+\) /g, '');
}
