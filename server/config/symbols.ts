import type { DocumentSymbol } from '../text/features';
import type { ConfigDocument } from './config-document';
import { quotable } from './quotable';

/** The outline: the top-level keys, and under `clusters` their names. */
export function documentSymbols({ root }: ConfigDocument): readonly DocumentSymbol[] {
  if (root?.kind !== 'mapping') return [];
  return root.entries.map(({ key, keySpan, span, value }): DocumentSymbol => {
    const children =
      key === 'clusters' && value.kind === 'mapping'
        ? value.entries.map(
            (cluster): DocumentSymbol => ({
              name: label(cluster.key),
              kind: 'broker',
              span: cluster.span,
              selectionSpan: cluster.keySpan,
            }),
          )
        : [];
    // What an alias stands for is written elsewhere.
    const inside = children.filter((child) => span.start <= child.span.start && child.span.end <= span.end);
    return { name: label(key), kind: 'section', span, selectionSpan: keySpan, children: inside };
  });
}

function label(name: string): string {
  return name.trim() === '' ? '?' : quotable(name);
}
