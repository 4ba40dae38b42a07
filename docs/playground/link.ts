/** Files in the fragment of a link, which a browser sends to nobody. */

const prefix = '#files=';

export type Files = Readonly<Record<string, string>>;

export async function linkTo(files: Files): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(files));
  const packed = await through(bytes, new CompressionStream('deflate-raw'));
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  return prefix + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined for a fragment that holds no files. */
export async function filesIn(fragment: string): Promise<Files | undefined> {
  if (!fragment.startsWith(prefix)) return undefined;
  try {
    const text = fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/');
    const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const files: unknown = JSON.parse(
      new TextDecoder().decode(await through(packed, new DecompressionStream('deflate-raw'))),
    );
    return isFiles(files) ? files : undefined;
  } catch {
    return undefined;
  }
}

function isFiles(value: unknown): value is Files {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string') &&
    Object.keys(value).every(isName)
  );
}

/** Whether it can be the path of a file: it is part of a URI, in which half a character cannot be written. */
export function isName(name: string): boolean {
  return name !== '' && !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(name);
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
