/**
 * How wide text will be. The reader's font is not known, so these are the advances of a wide one (DejaVu Sans): what fits in
 * it fits in the others.
 */

const classes: readonly (readonly [characters: string, em: number])[] = [
  ["ijl'", 0.28],
  [' .,:;|!/', 0.34],
  ['ft()[]-I', 0.39],
  ['rJ', 0.42],
  ['sczkvxyELFT?', 0.57],
  ['w', 0.82],
  ['mMW@—→…', 0.98],
  ['#+=<>&%', 0.84],
  ['ABCDGHKNOPQRSUVXYZ', 0.72],
];
const advances = new Map(classes.flatMap(([characters, em]) => [...characters].map((character) => [character, em])));

/** In pixels, for a font of `size` pixels. Bold is a tenth wider. */
export const textWidth = (text: string, size: number, bold = false): number =>
  [...text].reduce((sum, character) => sum + (advances.get(character) ?? 0.63), 0) * size * (bold ? 1.1 : 1);
