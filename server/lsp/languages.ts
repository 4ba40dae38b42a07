import { completion as manifestCompletion } from '../manifest/completion';
import { hover as manifestHover } from '../manifest/hover';
import { type ReplicationLens, replicationLenses } from '../manifest/lenses';
import { documentSymbols as manifestSymbols } from '../manifest/symbols';
import { completion as confCompletion } from '../qpidd-conf/completion';
import { hover as confHover } from '../qpidd-conf/hover';
import { documentSymbols as confSymbols } from '../qpidd-conf/symbols';
import type { CompletionItem, DocumentSymbol, Hover } from '../text/features';
import type { Analysis } from './analysis';
import type { OpenDocument } from './open-documents';

/** What a language answers about one document. Offsets belong to its source. */
export interface Answers {
  hover(offset: number): Hover | undefined;
  completion(offset: number): readonly CompletionItem[];
  symbols(): readonly DocumentSymbol[];
}

/** Undefined for a document of no language of ours. */
export function answersFor(analysis: Analysis, document: OpenDocument): Answers | undefined {
  const conf = analysis.conf(document);
  if (conf !== undefined) {
    return {
      hover: (offset) => confHover(conf, offset),
      completion: (offset) => confCompletion(conf, offset),
      symbols: () => confSymbols(conf),
    };
  }
  const manifest = analysis.manifest(document);
  if (manifest === undefined) return undefined;
  return {
    hover: (offset) => manifestHover(manifest, offset),
    completion: (offset) => manifestCompletion(manifest, offset),
    symbols: () => manifestSymbols(manifest),
  };
}

export function lensesOf(analysis: Analysis, document: OpenDocument): readonly ReplicationLens[] {
  const manifest = analysis.manifest(document);
  return manifest === undefined ? [] : replicationLenses(manifest);
}
