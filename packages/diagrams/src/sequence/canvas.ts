/** A grid of characters, each with what it means, that grows downwards and is cut at the right. */

export interface Canvas {
  put(column: number, row: number, character: string, tone: string | undefined): void;
  /** Text from a column on. */
  write(column: number, row: number, text: string, tone: string | undefined): void;
  /** A horizontal line, both ends included, that crosses what stands in its way. */
  line(from: number, to: number, row: number, tone: string | undefined): void;
  /** Text on a line, near `from`, with a space on either side and shortened to what is there. */
  label(from: number, to: number, row: number, text: string, tone: string | undefined): void;
  /** Lets a line begin at the vertical that stands here. */
  attach(column: number, row: number, side: 'left' | 'right'): void;
  height(): number;
  lines<Tone extends string>(paint: (text: string, tone: Tone) => string): readonly string[];
}

interface Cell {
  readonly character: string;
  readonly tone: string | undefined;
}

const crossings: Readonly<Record<string, string>> = { '│': '┼', '┃': '╂', '║': '╫', '┆': '┼' };
const tails: Readonly<Record<string, { readonly right: string; readonly left: string }>> = {
  '│': { right: '├', left: '┤' },
  '┆': { right: '├', left: '┤' },
  '┃': { right: '┠', left: '┨' },
  '║': { right: '╟', left: '╢' },
};

export const createCanvas = (width: number): Canvas => {
  const rows: (Cell | undefined)[][] = [];
  const at = (column: number, row: number) => rows[row]?.[column];
  const put: Canvas['put'] = (column, row, character, tone) => {
    while (rows.length <= row) rows.push([]);
    const cells = rows[row];
    if (cells && column >= 0 && column < width) cells[column] = { character, tone };
  };
  const write: Canvas['write'] = (column, row, text, tone) => {
    for (const [index, character] of [...text].entries()) put(column + index, row, character, tone);
  };
  return {
    put,
    write,
    line(from, to, row, tone) {
      for (let column = Math.min(from, to); column <= Math.max(from, to); column++) {
        put(column, row, crossings[at(column, row)?.character ?? ''] ?? '─', tone);
      }
    },
    label(from, to, row, text, tone) {
      const room = Math.abs(to - from) + 1;
      const fitting = ` ${shorten(text, room - 2)} `;
      write(from <= to ? from : from - [...fitting].length + 1, row, fitting, tone);
    },
    attach(column, row, side) {
      const cell = at(column, row);
      put(column, row, tails[cell?.character ?? '']?.[side] ?? '─', cell?.tone);
    },
    height: () => rows.length,
    lines: (paint) => rows.map((cells) => toLine(cells, paint)),
  };
};

/** The text, or as much of it as fits, with an ellipsis. */
export const shorten = (text: string, room: number): string => {
  const characters = [...text];
  if (characters.length <= room) return text;
  return room < 1
    ? ''
    : `${characters
        .slice(0, room - 1)
        .join('')
        .trimEnd()}…`;
};

const toLine = <Tone extends string>(
  cells: readonly (Cell | undefined)[],
  paint: (text: string, tone: Tone) => string,
): string => {
  const pieces: { text: string; tone: string | undefined }[] = [];
  for (const cell of Array.from(cells, (cell) => cell ?? { character: ' ', tone: undefined })) {
    const last = pieces.at(-1);
    if (last && last.tone === cell.tone) last.text += cell.character;
    else pieces.push({ text: cell.character, tone: cell.tone });
  }
  const blank = pieces.at(-1);
  if (blank) blank.text = blank.text.trimEnd();
  return pieces
    .filter(({ text }) => text !== '')
    .map(({ text, tone }) => (tone === undefined ? text : paint(text, tone as Tone)))
    .join('');
};
