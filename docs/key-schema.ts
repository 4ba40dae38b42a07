import type { Choice, YamlKey } from '../server/yaml/keys';

/** A JSON schema, or a part of one: draft 7, which editors know best. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const text: JsonSchema = { type: 'string', minLength: 1 };

/** A mapping with the keys of a table and no others: each is described as hover describes it. */
export function mappingSchema<const Keys extends readonly YamlKey[]>(
  keys: Keys,
  values: Readonly<Record<Keys[number]['key'], JsonSchema>>,
): JsonSchema {
  const properties = keys.map((key) => [
    key.key,
    { ...said(key), ...values[key.key as Keys[number]['key']] },
  ]);
  const required = keys.filter((key) => key.required).map(({ key }) => key);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
  };
}

function said({ summary, fallback }: YamlKey): JsonSchema {
  return { description: plain(summary), ...(fallback !== undefined && { default: fallback }) };
}

/** One of so many words, each explained. */
export function wordSchema(choices: readonly Choice[]): JsonSchema {
  return {
    enum: choices.map(({ value }) => value),
    enumDescriptions: choices.map(({ summary }) => plain(summary)),
  };
}

/** One, or a list of at least `atLeast`. */
export function oneOrMore(item: JsonSchema, atLeast: 0 | 1): JsonSchema[] {
  return [item, { type: 'array', ...(atLeast > 0 && { minItems: atLeast }), items: item }];
}

/** Schemas describe in plain text. */
export function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
