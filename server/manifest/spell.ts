/** A name as YAML text: in quotes where it might be read as something else. */
export function spell(name: string): string {
  const plain = /^[A-Za-z_][\w.-]*$/.test(name) && !/^(true|false|null)$/i.test(name);
  return plain ? name : JSON.stringify(name);
}

/** A name in place of one that is written already: in the same quotes, where they can hold it. */
export function spellLike(written: string, name: string): string {
  const quote = /^["']/.exec(written)?.[0];
  if (quote === undefined) return spell(name);
  return /^[\w .:-]*$/.test(name) ? quote + name + quote : JSON.stringify(name);
}
