import { meantTextOf } from '../qpidd-conf/ha';
import type { ConfDocument } from '../qpidd-conf/model';
import { documentFromBytes, type SourceDocument } from '../text/document';
import type { FileSystem } from './file-system';
import { childUri, folderOf } from './uris';

/**
 * A file that a qpidd.conf names by a path on the broker's machine, where one of that name lies beside it: those who
 * keep the one in a repository keep the other with it.
 */
export function fileBeside(
  files: FileSystem,
  conf: ConfDocument,
  option: string,
): SourceDocument | undefined {
  const name = meantTextOf(conf, option).split('/').at(-1) ?? '';
  if (name === '' || name === '.' || name === '..') return undefined;
  const uri = childUri(folderOf(conf.source.uri), name);
  const content = files.read(uri);
  if (content.kind === 'document') return content.source;
  return content.kind === 'bytes' ? documentFromBytes(uri, content.bytes) : undefined;
}
