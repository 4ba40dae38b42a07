/** What a format lets one write in a mapping, one table for each kind of mapping. */
export interface YamlKey {
  readonly key: string;
  readonly required: boolean;
  /** What may be written, in words. */
  readonly type: string;
  /** One or two sentences of markdown. */
  readonly summary: string;
  /** The words that may be written, where there are only so many. */
  readonly choices?: readonly Choice[];
  /** What holds where the key is not written. */
  readonly fallback?: string;
}

export interface Choice {
  readonly value: string;
  readonly summary: string;
}

/** A key as markdown. */
export function describeKey({ key, type, summary, required, choices, fallback }: YamlKey): string {
  const default_ = fallback === undefined ? '' : `, default \`${fallback}\``;
  const lines = [`**${key}**: ${type}${required ? ', required' : default_}`, summary];
  if (choices !== undefined) {
    lines.push(choices.map((choice) => `- \`${choice.value}\`: ${choice.summary}`).join('\n'));
  }
  return lines.join('\n\n');
}
