import type { ErrorCode } from 'yaml';

/**
 * Our words for the errors of the YAML parser: its own may quote the file, and a file may hold a secret.
 *
 * @param original the parser's message, used only to tell two errors of one code apart.
 */
export function yamlMessage(code: ErrorCode, original: string): string {
  if (code === 'MISSING_CHAR') return missing(original);
  if (code === 'BAD_INDENT' && /^Flow/.test(original)) return 'A bracket is opened above and not closed.';
  return messages[code];
}

function missing(original: string): string {
  if (original.includes('quote')) return 'A quote is opened and not closed.';
  if (/^Flow (map|sequence)/.test(original)) return 'A bracket is opened and not closed.';
  if (original.includes(',')) return 'A comma is missing between two entries.';
  return 'A character is missing here: a bracket, a comma, or a blank after ":" or "-".';
}

const messages: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias cannot have an anchor or a tag of its own.',
  BAD_ALIAS: 'The name of an anchor or an alias is missing or malformed.',
  BAD_COLLECTION_TYPE: 'The tag does not fit the value that follows it.',
  BAD_DIRECTIVE: 'This "%" directive is malformed: none is needed here.',
  BAD_DQ_ESCAPE: 'Unknown escape in double quotes: write "\\\\" for a backslash, or use single quotes.',
  BAD_INDENT: 'The indentation does not fit the lines above.',
  BAD_PROP_ORDER: 'An anchor or a tag must stand directly before its value.',
  BAD_SCALAR_START: 'Text cannot start with this character unless it is quoted.',
  BLOCK_AS_IMPLICIT_KEY:
    'A mapping cannot start here: give each key its own line, in one column with its siblings, and quote text that holds ": ".',
  BLOCK_IN_FLOW: 'Inside brackets, lists and mappings are written with brackets too.',
  DUPLICATE_KEY: 'This key is written twice.',
  IMPOSSIBLE: 'This cannot be read as YAML.',
  KEY_OVER_1024_CHARS: 'This key is longer than 1024 characters: is a quote missing?',
  MISSING_CHAR: 'A character is missing here.',
  MULTILINE_IMPLICIT_KEY: 'A key and its ":" must stand on one line: is a ":" missing after it?',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_DOCS: 'The file is one YAML document.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  NON_STRING_KEY: 'A key must be text.',
  RESOURCE_EXHAUSTION: 'This is nested too deeply.',
  TAB_AS_INDENT: 'A tab cannot indent in YAML: use blanks.',
  TAG_RESOLVE_FAILED: 'Unknown tag: none is needed here.',
  UNEXPECTED_TOKEN: 'This does not belong here: check the indentation and the line above.',
};
