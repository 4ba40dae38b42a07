import { visible } from './visible';

/** A document in XML 1.0, with its declaration; the last line ends. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element on lines of its own, its children indented. A child is one or more whole lines. */
export function xmlElement(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  if (children.length === 0) return `${start}/>`;
  const inside = children.map((child) => child.replaceAll(/^/gm, '  '));
  return [`${start}>`, ...inside, `</${name}>`].join('\n');
}

/** An element that holds nothing but text, which is kept as it is. */
export function xmlTextElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${Object.entries(attributes).map(attribute).join('')}>${xmlText(text)}</${name}>`;
}

function attribute([name, value]: readonly [string, string | number]): string {
  return ` ${name}="${xmlText(String(value))}"`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  // Not only in `]]>`: it is easier to read everywhere.
  '>': '&gt;',
  '"': '&quot;',
  // A reader makes blanks of the others in attributes, and a line feed of each line end in text.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 has no way to write: most control characters, halves of pairs, and two that Unicode gave away. */
const illegal =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text in XML, in an element or an attribute; what cannot be written there is spelled out. */
export function xmlText(text: string): string {
  return text
    .replace(illegal, (character) => (/[\ufffe\uffff]/.test(character) ? '\ufffd' : visible(character)))
    .replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}
