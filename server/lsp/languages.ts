import { completion as configCompletion } from '../config/completion';
import type { ConfigDocument } from '../config/config-document';
import { hover as configHover } from '../config/hover';
import { documentSymbols as configSymbols } from '../config/symbols';
import { configurableRules } from '../lint/all-rules';
import { rulePageUrl } from '../lint/rule-page-url';
import { hoverInComment } from '../lint/suppression/editing';
import { completion as manifestCompletion } from '../manifest/completion';
import { hover as manifestHover } from '../manifest/hover';
import { type ReplicationLens, replicationLenses } from '../manifest/lenses';
import { documentSymbols as manifestSymbols } from '../manifest/symbols';
import { configLinks } from '../project/config-links';
import { hostsAround } from '../project/hosts';
import { manifestLinks } from '../project/manifest-links';
import { modulePaths } from '../project/module-paths';
import { relativePath, uriOfPath } from '../project/uris';
import { completion as confCompletion } from '../qpidd-conf/completion';
import { foldingRanges as confFolds } from '../qpidd-conf/folding';
import { format as confFormat } from '../qpidd-conf/format';
import { hover as confHover } from '../qpidd-conf/hover';
import { inlayHints as confHints } from '../qpidd-conf/inlay-hints';
import { fileLinks as confLinks } from '../qpidd-conf/links';
import type { ConfDocument } from '../qpidd-conf/model';
import { selectionRanges as confSelections } from '../qpidd-conf/selection';
import { semanticTokens as confTokens } from '../qpidd-conf/semantic-tokens';
import { signature as confSignature } from '../qpidd-conf/signature';
import type { Surroundings } from '../qpidd-conf/surroundings';
import { documentSymbols as confSymbols } from '../qpidd-conf/symbols';
import type { TextEdit } from '../text/edit';
import type {
  CompletionItem,
  DocumentSymbol,
  FileLink,
  FoldingRange,
  Hover,
  InlayHint,
  SemanticToken,
  Signature,
} from '../text/features';
import type { Span } from '../text/span';
import type { Analysis } from './analysis';
import { commentInConf, commentInManifest, completionInComment } from './directives';
import type { OpenDocument } from './open-documents';

/** What a language answers about one document. Offsets belong to its source. Not every language answers all. */
export interface Answers {
  hover(offset: number): Hover | undefined;
  completion(offset: number): readonly CompletionItem[];
  symbols(): readonly DocumentSymbol[];
  format?(within?: Span): readonly TextEdit[];
  folds?(): readonly FoldingRange[];
  /** For each offset the spans around it, from the smallest to the largest. */
  selections?(offsets: readonly number[]): readonly (readonly Span[])[];
  signature?(offset: number): Signature | undefined;
  hints?(within: Span): readonly InlayHint[];
  links?(): readonly FileLink[];
  tokens?(within: Span): readonly SemanticToken[];
}

/** Undefined for a document of no language of ours. */
export function answersFor(analysis: Analysis, document: OpenDocument): Answers | undefined {
  const conf = analysis.conf(document);
  if (conf !== undefined) {
    return {
      hover: (offset) => {
        const comment = commentInConf(conf, offset);
        return (comment && hoverInComment(comment)) ?? confHover(conf, offset);
      },
      completion: (offset) => {
        const comment = commentInConf(conf, offset);
        if (comment !== undefined) return completionInComment(analysis, conf.source.uri, comment);
        return confCompletion(conf, offset, surroundingsOf(analysis, conf));
      },
      symbols: () => confSymbols(conf),
      format: (within) => confFormat(conf, within),
      hints: (within) => confHints(conf, within),
      folds: () => confFolds(conf),
      links: () => confLinks(conf),
      tokens: (within) => confTokens(conf, within),
      selections: (offsets) => confSelections(conf, offsets),
      signature: (offset) => confSignature(conf, offset),
    };
  }
  const config = analysis.config(document);
  if (config !== undefined) return answersForConfig(analysis, config);
  const manifest = analysis.manifest(document);
  if (manifest === undefined) return undefined;
  return {
    hover: (offset) => {
      const comment = commentInManifest(manifest, offset);
      return comment === undefined ? manifestHover(manifest, offset) : hoverInComment(comment);
    },
    completion: (offset) => {
      const comment = commentInManifest(manifest, offset);
      if (comment !== undefined) return completionInComment(analysis, manifest.source.uri, comment);
      return manifestCompletion(manifest, offset, {
        configs: () =>
          [...analysis.checked().project.confs.keys()]
            .map((conf) => relativePath(manifest.source.uri, conf))
            .sort(),
      });
    },
    symbols: () => manifestSymbols(manifest),
    links: () => manifestLinks(manifest),
  };
}

function answersForConfig(analysis: Analysis, config: ConfigDocument): Answers {
  const { uri } = config.source;
  return {
    hover: (offset) => configHover(config, offset, configurableRules, rulePageUrl),
    completion: (offset) =>
      configCompletion(config, offset, configurableRules, {
        configs: () => {
          const others = [...analysis.checked().project.configs.keys()].filter((other) => other !== uri);
          return others.map((other) => relativePath(uri, other)).sort();
        },
      }),
    symbols: () => configSymbols(config),
    links: () => configLinks(config),
  };
}

export function lensesOf(analysis: Analysis, document: OpenDocument): readonly ReplicationLens[] {
  const manifest = analysis.manifest(document);
  return manifest === undefined ? [] : replicationLenses(manifest);
}

function surroundingsOf(analysis: Analysis, conf: ConfDocument): Surroundings {
  return {
    modules: () => modulePaths(analysis.files(), conf),
    hosts: () => {
      const places = hostsAround(analysis.checked().project, conf.source.uri);
      return [...new Set(places.map(({ host }) => host))].sort();
    },
    list: (directory) =>
      analysis
        .files()
        .list(uriOfPath(directory))
        .map(({ name, kind }) => ({ name, isFolder: kind === 'folder' })),
  };
}
