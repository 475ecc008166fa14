/** The key of a picture: swatches with their meanings, in one row. */
import { element, escape, rounded } from './element.ts';
import { textWidth } from './measure.ts';

export interface KeyItem {
  /** Markup around the origin's height, from 0 to `width`. */
  readonly swatch: string;
  readonly width: number;
  readonly text: string;
}

export const drawKey = (items: readonly KeyItem[]): { readonly markup: string; readonly width: number } => {
  let end = 0;
  const drawn = items.map(({ swatch, width, text }) => {
    const start = end;
    const gap = width === 0 ? 0 : 8;
    end += width + gap + textWidth(text, 12) + 18;
    const words = element('text', { class: 'ink-muted small', x: width + gap, y: 4.5 }, escape(text));
    return element('g', { transform: `translate(${rounded(start)} 0)` }, swatch, words);
  });
  return { markup: drawn.join(''), width: end };
};
