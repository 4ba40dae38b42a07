import type { SourceDocument } from '../../text/document';
import { parseYaml } from '../../yaml/syntax';
import { entryOf, type YamlNode } from '../../yaml/tree';
import type { Baseline, BaselineEntry } from './baseline';
import { baselineVersion } from './write';

/** What is wrong with a file that should be a baseline: no sentence of its own, it follows on the place. */
export interface BaselineFault {
  /** In the text, from 0. */
  readonly offset: number;
  readonly message: string;
}

/** Reads a baseline. One that is not wholly understood is not read at all: its findings would all seem to be new. */
export function readBaseline(source: SourceDocument): Baseline | BaselineFault {
  let value: unknown;
  try {
    value = JSON.parse(source.text.replace(/^\ufeff/, ''));
  } catch {
    return syntaxFault(source);
  }
  const read = new Reader();
  const entries = read.baseline(value);
  if (read.fault === undefined) return entries;
  return { offset: offsetOf(parseYaml(source).root, read.fault.path), message: read.fault.message };
}

export function isFault(read: Baseline | BaselineFault): read is BaselineFault {
  return 'message' in read;
}

/** JSON is YAML to its parser, which knows where a fault is. */
function syntaxFault(source: SourceDocument): BaselineFault {
  if (source.text.trim() === '') return { offset: 0, message: 'the file is empty, and no baseline' };
  const { text } = source;
  const marker = text.search(/^<{7}(?: |$)/m);
  if (marker >= 0) return { offset: marker, message: 'this is a marker of an unresolved merge conflict' };
  const { problems } = parseYaml(source);
  const offset = problems[0]?.span.start ?? text.trimEnd().length;
  return { offset, message: 'this is no JSON; the file may be half-written' };
}

type Path = readonly string[];

/** Keeps the first fault. */
class Reader {
  fault: { readonly path: Path; readonly message: string } | undefined;

  baseline(value: unknown): Baseline {
    const root = this.object(value, [], ['$schema', 'version', 'files']);
    if (root === undefined || !this.version(root.version)) return [];
    const entries: BaselineEntry[] = [];
    for (const [file, rules] of this.entries(root.files, ['files'])) {
      for (const [rule, counts] of this.entries(rules, ['files', file])) {
        for (const [fingerprint, count] of this.entries(counts, ['files', file, rule])) {
          const path = ['files', file, rule, fingerprint];
          if (!/^[0-9a-f]{16}$/.test(fingerprint))
            this.report(path, 'a fingerprint has 16 hexadecimal digits');
          else if (isCount(count)) entries.push({ file, rule, fingerprint, count });
          else this.report(path, 'the number of findings must be 1 or more');
        }
      }
    }
    return entries;
  }

  private version(version: unknown): boolean {
    if (version === baselineVersion) return true;
    const newer = typeof version === 'number' && version > baselineVersion;
    this.report(
      version === undefined ? [] : ['version'],
      newer
        ? `this is version ${version} of the format, and this qpidha knows version ${baselineVersion}: it needs a newer qpidha`
        : `this is no baseline: it has no "version": ${baselineVersion}`,
    );
    return false;
  }

  private entries(value: unknown, path: Path): readonly (readonly [string, unknown])[] {
    return Object.entries(this.object(value, path) ?? {});
  }

  private object(
    value: unknown,
    path: Path,
    keys?: readonly string[],
  ): Readonly<Record<string, unknown>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const what = path.length === 0 ? 'the file' : `"${path.at(-1)}"`;
      this.report(path, `this is no baseline: ${what} must be an object`);
      return undefined;
    }
    const stranger = keys && Object.keys(value).find((key) => !keys.includes(key));
    // Whatever else has a version is to be told so first.
    if (stranger !== undefined && (value as { version?: unknown }).version === baselineVersion)
      this.report([...path, stranger], `this is no baseline: it has a key "${stranger}"`);
    return value as Readonly<Record<string, unknown>>;
  }

  private report(path: Path, message: string): void {
    this.fault ??= { path, message };
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function offsetOf(root: YamlNode | undefined, path: Path): number {
  let node = root;
  let offset = root?.span.start ?? 0;
  for (const key of path) {
    const entry = entryOf(node, key);
    if (entry === undefined) break;
    offset = entry.keySpan.start;
    node = entry.value;
  }
  return offset;
}
