import { cell } from './visible';

type Paint = (text: string) => string;

export interface MarkdownColors {
  readonly isColorSupported: boolean;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly cyan: Paint;
}

export interface Layout {
  /** Columns that a line may take, its indent counted; a longer word stands alone. */
  readonly width: number;
  /** Columns before each line. */
  readonly indent: number;
  readonly colors: MarkdownColors;
}

/**
 * Markdown as we write it ourselves, for a terminal: paragraphs, lists of one level, `code`, **strong**, and
 * paragraphs that are *stressed* as a whole. Code keeps its backticks where there are no colours to tell it by.
 */
export function terminalMarkdown(markdown: string, layout: Layout): string {
  return markdown
    .split(/\n{2,}/)
    .map((block) => (block.startsWith('- ') ? list(block, layout) : paragraph(block, layout)))
    .join('\n\n');
}

function list(block: string, layout: Layout): string {
  return block
    .split(/\n(?=- )/)
    .map((item) => wrap(words(item.slice(2)), layout, '- '))
    .join('\n');
}

function paragraph(block: string, layout: Layout): string {
  const stressed = /^\*([^*]+)\*$/s.exec(block.trim())?.[1];
  return stressed === undefined ? wrap(words(block), layout) : wrap([...split(stressed, 'dim')], layout);
}

type Style = 'plain' | 'code' | 'strong' | 'dim';

/** A part of a line without a blank, possibly in several styles. */
type Word = readonly Piece[];

interface Piece {
  readonly text: string;
  readonly style: Style;
}

const spans = /`([^`]+)`|\*\*([^*]+)\*\*/g;

function words(text: string): readonly Word[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(spans)) {
    const [whole, code, strong] = match;
    pieces.push({ text: text.slice(from, match.index), style: 'plain' });
    pieces.push(code === undefined ? { text: strong ?? '', style: 'strong' } : { text: code, style: 'code' });
    from = match.index + whole.length;
  }
  pieces.push({ text: text.slice(from), style: 'plain' });
  return joined(pieces);
}

function split(text: string, style: Style): readonly Word[] {
  return joined([{ text, style }]);
}

/** Only blanks of plain text part words: code stays on one line. */
function joined(pieces: readonly Piece[]): readonly Word[] {
  const found: Piece[][] = [[]];
  for (const { text, style } of pieces) {
    if (text === '') continue;
    const parts = style === 'plain' || style === 'dim' ? text.split(/\s+/) : [text];
    parts.forEach((part, index) => {
      if (index > 0) found.push([]);
      if (part !== '') found.at(-1)?.push({ text: part, style });
    });
  }
  return found.filter(({ length }) => length > 0);
}

function wrap(all: readonly Word[], { width, indent, colors }: Layout, mark = ''): string {
  const [first, other] = [' '.repeat(indent) + mark, ' '.repeat(indent + mark.length)];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of all) {
    const columns = widthOf(word, colors);
    if (line !== '' && other.length + used + 1 + columns > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += (line === '' ? '' : ' ') + painted(word, colors);
    used += (used === 0 ? 0 : 1) + columns;
  }
  return [...lines, line].map((text, index) => (index === 0 ? first : other) + text).join('\n');
}

function widthOf(word: Word, colors: MarkdownColors): number {
  return word.reduce((sum, piece) => sum + textWidth(written(piece, colors)), 0);
}

function painted(word: Word, colors: MarkdownColors): string {
  const paints: Readonly<Record<Style, Paint>> = {
    plain: (text) => text,
    code: colors.cyan,
    strong: colors.bold,
    dim: colors.dim,
  };
  return word.map((piece) => paints[piece.style](written(piece, colors))).join('');
}

function written({ text, style }: Piece, { isColorSupported }: MarkdownColors): string {
  return style === 'code' && !isColorSupported ? `\`${text}\`` : text;
}

/** Columns of a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += cell(character, width).width;
  return width;
}
