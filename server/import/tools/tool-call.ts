import type { Field } from '../../shell/expand';

/** What a call of a tool does, as far as replication is concerned. */
export type ToolCall =
  | {
      readonly kind: 'replicate';
      readonly queue: string;
      /** Addresses, as they are given. */
      readonly origin: string;
      readonly replica: string;
      /** The replica queue must be there already. */
      readonly create: 'never' | undefined;
    }
  /** The replica queue, or its replicator, is deleted again. */
  | { readonly kind: 'end'; readonly queue: string; readonly replica: string }
  | { readonly kind: 'other' }
  /** `reason`: a clause. */
  | { readonly kind: 'unclear'; readonly reason: string };

export const other: ToolCall = { kind: 'other' };

export function unclear(reason: string): ToolCall {
  return { kind: 'unclear', reason };
}

/** All texts, or why one of them is not known. */
export function textsOf(fields: readonly (Field | undefined)[]): readonly string[] | ToolCall {
  const texts: string[] = [];
  for (const field of fields) {
    if (field === undefined) return unclear('an argument is missing');
    if (field.text === undefined) return unclear(field.reason ?? 'an argument is not known');
    texts.push(field.text);
  }
  return texts;
}

/** An argument that may be several, options among them. */
export function looseOf(fields: readonly Field[]): Field | undefined {
  return fields.find(({ text, loose }) => text === undefined && loose);
}
