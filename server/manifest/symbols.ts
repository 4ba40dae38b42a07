import type { DocumentSymbol } from '../text/features';
import { type Span, span } from '../text/span';
import { entryOf } from '../yaml/tree';
import { quotable } from './addresses';
import type { ManifestDocument } from './manifest-document';

/** The outline: brokers with their addresses, replications with their ends. */
export function documentSymbols({ root, draft }: ManifestDocument): readonly DocumentSymbol[] {
  const brokers = draft.brokers.map(
    ({ name, address, span: whole }): DocumentSymbol => ({
      name: label(name.value),
      kind: 'broker',
      span: whole,
      selectionSpan: within(name.span, whole),
      ...(address?.endpoint && { detail: address.endpoint.text }),
    }),
  );
  const replications = draft.replications.map(
    ({ queue, from, to, span: whole }): DocumentSymbol => ({
      name: label(queue?.value),
      detail: `${label(from?.value)} → ${label(to?.value)}`,
      kind: 'replication',
      span: whole,
      selectionSpan: within(queue?.span ?? whole, whole),
    }),
  );
  return [...section('brokers', brokers), ...section('replications', replications)];

  function section(key: string, children: readonly DocumentSymbol[]): readonly DocumentSymbol[] {
    const entry = entryOf(root, key);
    if (entry === undefined) return [];
    const whole = cover(entry.span, children);
    return [
      { name: key, kind: 'section', span: whole, selectionSpan: within(entry.keySpan, whole), children },
    ];
  }
}

function label(name: string | undefined): string {
  return name === undefined || name.trim() === '' ? '?' : quotable(name);
}

/** What an alias stands for is written elsewhere: an outline wants each name inside its entry. */
function within(name: Span, whole: Span): Span {
  return whole.start <= name.start && name.end <= whole.end ? name : whole;
}

function cover(whole: Span, children: readonly DocumentSymbol[]): Span {
  return children.reduce(
    (all, child) => span(Math.min(all.start, child.span.start), Math.max(all.end, child.span.end)),
    whole,
  );
}
