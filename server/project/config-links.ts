import type { ConfigDocument } from '../config/config-document';
import type { ConfigText } from '../config/model';
import { presetOf } from '../config/presets';
import type { FileLink } from '../text/features';
import { span } from '../text/span';
import { resolveFrom } from './uris';

/** The files that a configuration names, each at its path: those on which it builds, and the members of clusters. */
export function configLinks({ source, config }: ConfigDocument): readonly FileLink[] {
  const bases = config.extends.filter(({ value }) => presetOf(value) === undefined);
  const members = config.clusters.flatMap(({ members }) => members.map(({ file }) => file));
  return [...bases, ...members].map((path) => ({
    span: lettersOf(path),
    path: path.value,
    uri: resolveFrom(source.uri, path.value),
  }));
}

/** Without its quotes. */
function lettersOf({ value, span: whole, literalStart }: ConfigText) {
  return literalStart === undefined ? whole : span(literalStart, literalStart + value.length);
}
