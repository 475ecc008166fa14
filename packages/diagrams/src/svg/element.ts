/** SVG as strings. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; children are markup already. Numbers are rounded to tenths, so that equal pictures are equal text. */
export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string => {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escape(value)}"`],
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
};

/** Moved to a place; each part on a line of its own. */
export const group = (x: number, y: number, parts: readonly string[]): string =>
  element('g', { transform: `translate(${rounded(x)} ${rounded(y)})` }, '\n', parts.join('\n'), '\n');

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const rounded = (value: number): string => String(Math.round(value * 10) / 10);

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A filled triangle whose tip is at `tip`, pointing away from `from`. No marker: ids collide where pictures are inlined. */
export const arrowHead = (from: Point, tip: Point, className: string): string => {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [ux, uy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const corner = (side: number) => `${rounded(tip.x - 9 * ux + side * uy)} ${rounded(tip.y - 9 * uy - side * ux)}`;
  return element('path', { class: className, d: `M${rounded(tip.x)} ${rounded(tip.y)}L${corner(4)}L${corner(-4)}Z` });
};
