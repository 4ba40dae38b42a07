import { meantTextOf } from '../qpidd-conf/ha';
import type { ConfDocument } from '../qpidd-conf/model';
import { documentFromBytes } from '../text/document';
import type { FileSystem } from './file-system';
import { resolveFrom } from './uris';

/**
 * The mechanisms that a broker offers, from the configuration of Cyrus SASL for it, where that lies beside the
 * qpidd.conf as it does on a broker's machine or in a repository; undefined where there is none, or it offers all.
 */
export function offeredMechanisms(files: FileSystem, conf: ConfDocument): ReadonlySet<string> | undefined {
  const folder = meantTextOf(conf, 'sasl-config').split('/').filter(Boolean).at(-1) ?? 'sasl2';
  for (const path of [`${folder}/qpidd.conf`, `../${folder}/qpidd.conf`]) {
    const text = readText(files, resolveFrom(conf.source.uri, path));
    if (text !== undefined) return mechanismsIn(text);
  }
  return undefined;
}

function readText(files: FileSystem, uri: string): string | undefined {
  const content = files.read(uri);
  if (content.kind === 'document') return content.source.text;
  return content.kind === 'bytes' ? documentFromBytes(uri, content.bytes).text : undefined;
}

/** `mech_list: PLAIN DIGEST-MD5`. Of several lines it is not judged which one counts. */
function mechanismsIn(text: string): ReadonlySet<string> | undefined {
  const [list, ...others] = [...text.matchAll(/^[ \t]*mech_list[ \t]*:(.*)$/gim)].map(
    ([, words = '']) => words,
  );
  if (list === undefined || others.length > 0) return undefined;
  const words = list
    .toUpperCase()
    .split(/[^A-Z0-9_-]+/)
    .filter(Boolean);
  return words.length === 0 ? undefined : new Set(words);
}
