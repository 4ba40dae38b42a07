import { brokerOptions, findRemovedOption, options } from '../qpidd-conf/catalogue';
import type { Language } from './languages';

/** The start of a file. */
export interface FileHead {
  /** At least the first `headLength`, where the file has as many. */
  readonly bytes: Uint8Array;
  /** True where this is all of the file. */
  readonly whole: boolean;
}

/** Bytes of a file that are looked at to tell its language. */
export const headLength = 4096;

/**
 * Whether the content of a file that has this name may tell its language. What is kept from an earlier time, what is
 * a template of a tool, and files of other formats are not asked.
 */
export function mayTell(name: string): boolean {
  return (
    (yamlName.test(name) || plainName.test(name) || isNamedLikeBroker.test(name)) && !isOfOthers.test(name)
  );
}

const yamlName = /\.(?:ya?ml|json)$/i;

/** `broker-a.conf`, `node1.cfg`, and `node1` in a folder such as `etc/qpid`. */
const plainName = /\.(?:conf|cfg|cnf|config)$|^[^.]+$/i;

/** `qpidd.conf.east`, `qpidd-east.txt`. */
const isNamedLikeBroker = /^qpidd[^/]*$|qpidd\.conf/i;

/** The client library's file knows some of the same options, and others. */
const isOfOthers =
  /^\.|^qpidc\b|~$|\.(?:bak|old|orig|rej|save|swp|tmp|rpmnew|rpmsave|rpmorig|dpkg-\w+|ucf-\w+|erb|epp|j2|jinja2?|tpl|tmpl|template|in|mustache|gotmpl|service|socket|spec|md|adoc|rst|html?|xml|sh|py|rb|pp|c|cpp|h|log|gz|lock|map|properties|ini)$|^(?:package|tsconfig|composer|docker-compose|compose|CMakeLists|(?:Make|Docker|Vagrant|Jenkins|Gem|Proc|Rake)file|README|LICENSE|COPYING|CHANGELOG|AUTHORS|NEWS|NOTICE|TODO|INSTALL)(?:[.-].*)?$/i;

/**
 * The language of a file by its first few thousand bytes; undefined where it is none of ours, or that is not certain.
 * Only what is clearly ours counts: a file of another program that is taken for a qpidd.conf is full of errors.
 *
 * @param path of the file, or the end of it: where it speaks of qpid less is needed.
 */
export function languageByContent(path: string, { bytes, whole }: FileHead): Language | undefined {
  const text = textOf(bytes, whole);
  if (text === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (yamlName.test(name)) return isManifest(text) ? 'manifest' : undefined;
  return isConf(text, /qpid/i.test(path)) ? 'conf' : undefined;
}

/** The language of a text of which nothing else is known, as of one that comes through a pipe. It is one of ours. */
export function languageOfText({ bytes, whole }: FileHead): Language {
  const text = textOf(bytes, whole) ?? '';
  return /^\s*\{|^(["']?)(?:version|brokers|replications)\1[ \t]*:/m.test(text) ? 'manifest' : 'conf';
}

/**
 * True for a file that has the name of a qpidd.conf, and is another program's: supervisor, tmpfiles.d, Cyrus SASL and
 * others name their files after the program that they are about.
 */
export function isForeign({ bytes, whole }: FileHead): boolean {
  const text = textOf(bytes, whole);
  if (text === undefined) return false;
  const lines = linesOf(text);
  // `port: 5672` is a mistake rather than another program's.
  const speaksOfBroker = (line: string) =>
    [keyOf(line), firstWord(line)].some((word) => kindOf(word) !== 'unknown');
  return lines.some((line) => foreign.test(line)) && !lines.some(speaksOfBroker);
}

/** Every byte a character, and those of ASCII what they are: more is not asked. By far the fastest of such decoders. */
const oneByteEach = new TextDecoder('windows-1252');

/** Undefined for what is no text. The last line of a head may be cut, and is left out. */
function textOf(bytes: Uint8Array, whole: boolean): string | undefined {
  const text = oneByteEach.decode(bytes.subarray(0, headLength));
  if (/[\0-\x08\x0e-\x1a\x7f]/.test(text)) return undefined;
  const plain = text.replace(/^\xef\xbb\xbf/, '');
  const isCut = !whole || bytes.byteLength > headLength;
  return isCut ? plain.slice(0, plain.lastIndexOf('\n') + 1) : plain;
}

/** Without blank lines and comments. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A section, a block, a statement, a tag, a line of tmpfiles.d, `word: value` of Cyrus SASL, a line of Upstart. */
const foreign =
  /^\[[^\]=]*\]$|[{};]$|^<|^[A-Za-z][!+=~^-]*\s+\/|^[a-z_]+:\s|^(?:start|stop) on\b|^(?:exec|respawn|description)\b/;

/** What a tool for templates replaces. */
const placeholder = /\{\{|\{%|<%|\$\{|\$[A-Z_]{3,}|@[A-Z_]{2,}@/;

function isConf(text: string, aboutQpid: boolean): boolean {
  const lines = linesOf(text);
  if (lines.some((line) => foreign.test(line) || placeholder.test(line))) return false;
  const own = new Set<string>();
  const common = new Set<string>();
  let unknown = 0;
  for (const line of lines) {
    const key = keyOf(line);
    switch (kindOf(key)) {
      case 'own':
        own.add(key);
        break;
      case 'common':
        if (/^port=567[12]$/.test(line.replace(/\s/g, ''))) own.add(key);
        else common.add(key);
        break;
      case 'client':
        return false;
      case 'unknown':
        unknown += 1;
    }
  }
  const known = own.size + common.size;
  const points = 2 * own.size + common.size;
  // A file with a mistake is to be found, too.
  return unknown * 3 <= known && (aboutQpid ? points >= 2 : points >= 3 && own.size > 0);
}

/** The key of a setting; empty for what is none. */
function keyOf(line: string): string {
  const equals = line.indexOf('=');
  return equals < 0 ? '' : line.slice(0, equals).trim();
}

function firstWord(line: string): string {
  return /^[\w-]*/.exec(line)?.[0] ?? '';
}

/** own: no other program that we know of has such an option. common: others have it, too. */
type KeyKind = 'own' | 'common' | 'client' | 'unknown';

function kindOf(key: string): KeyKind {
  if (clientOptions.has(key)) return 'client';
  // Names of options of Windows services, as `start` and `account`, are words of many others.
  if (!brokerNames.has(key) && findRemovedOption(key) === undefined) return 'unknown';
  return key.includes('-') && !commonNames.has(key) ? 'own' : 'common';
}

const brokerNames = new Set(brokerOptions.map(({ name }) => name));
const clientOptions = new Set(
  options.filter(({ scope, name }) => scope === 'client' && !brokerNames.has(name)).map(({ name }) => name),
);

/** Options with names that are in use elsewhere. */
const commonNames: ReadonlySet<string> = new Set([
  'client-config',
  'cluster-name',
  'cluster-password',
  'cluster-size',
  'cluster-url',
  'cluster-username',
  'connection-backlog',
  'data-dir',
  'load-dir',
  'load-module',
  'log-level',
  'log-output',
  'log-prefix',
  'log-source',
  'log-thread',
  'log-time',
  'log-to-file',
  'log-to-stderr',
  'log-to-stdout',
  'log-to-syslog',
  'max-connections',
  'max-connections-per-ip',
  'module-dir',
  'pid-dir',
  'ssl-port',
  'start-type',
  'storage-provider',
  'store-dir',
  'syslog-facility',
  'syslog-name',
  'tcp-nodelay',
  'worker-threads',
]);

const manifestKeys: ReadonlySet<string> = new Set(['version', 'brokers', 'replications', '$schema']);

/** Version 1, brokers or replications, and nothing else at the top; and in them what they are made of. */
function isManifest(text: string): boolean {
  if (!/\bbrokers\b|\breplications\b/.test(text)) return false;
  const keys = /^\s*\{/.test(text) ? keysOfJson(text) : keysOfYaml(text);
  if (keys === undefined || keys.some(({ key }) => !manifestKeys.has(key))) return false;
  const version = keys.find(({ key }) => key === 'version');
  if (version === undefined || !/^["']?1["']?\s*(?:[,}#]|$)/.test(version.value)) return false;
  return keys.length > 1 && /["']?\b(?:address|config|queue)["']?\s*:/.test(text);
}

interface TopKey {
  readonly key: string;
  /** What follows on the same line. */
  readonly value: string;
}

/** Undefined where something stands at the start of a line that is no key. */
function keysOfYaml(text: string): readonly TopKey[] | undefined {
  const keys: TopKey[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^(?:[ \t#%]|$|---\s*(?:#|$)|\.\.\.\s*$)/.test(line)) continue;
    const [, , key, value] = /^(["']?)([\w$-]+)\1[ \t]*:(?:[ \t]+(.*))?$/.exec(line) ?? [];
    if (key === undefined) return undefined;
    keys.push({ key, value: value ?? '' });
  }
  return keys;
}

/** The keys of the outermost object, as far as the text goes. */
function keysOfJson(text: string): readonly TopKey[] | undefined {
  const keys: TopKey[] = [];
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1) {
      const rest = text.slice(index + token.length, index + token.length + 40);
      const [, value] = /^\s*:\s*([^\n]*)/.exec(rest) ?? [];
      if (value !== undefined) keys.push({ key: token.slice(1, -1), value });
    }
  }
  return keys;
}
