/** Reading SVG back: elements of a parsed document, and where its text stands. */
import { DOMParser, type Element } from '@xmldom/xmldom';
import { textWidth } from '../../src/svg/measure.ts';

/** Throws where the text is not well-formed. */
export const parseSvg = (text: string): Element => {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(text, 'image/svg+xml').documentElement;
  if (root?.tagName !== 'svg') throw new Error('the document is no svg');
  return root;
};

/** Descendants by tag name, in document order, that have the attribute if one is given. */
export const elements = (root: Element, tag: string, attribute?: string): readonly Element[] =>
  [...root.getElementsByTagName(tag)].filter((found) => attribute === undefined || found.hasAttribute(attribute));

export const number = (element: Element, attribute: string): number => Number(element.getAttribute(attribute) ?? 0);

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners, in order. */
export type Quad = readonly [Point, Point, Point, Point];

export const quadOf = (element: Element): Quad => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => number(element, name)) as [
    number,
    number,
    number,
    number,
  ];
  return quad(x, y, width, height);
};

const quad = (x: number, y: number, width: number, height: number): Quad => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
];

/** What a text element covers, turned as the element is. */
export const quadOfText = (element: Element): Quad => {
  const classes = (element.getAttribute('class') ?? '').split(' ');
  const size = classes.includes('small') ? 12 : classes.includes('large') ? 17 : 13;
  const width = textWidth(element.textContent ?? '', size, classes.includes('strong'));
  const [x, y] = [number(element, 'x'), number(element, 'y')];
  const anchor = element.getAttribute('text-anchor');
  const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
  const level = quad(left, y - size * 0.8, width, size);
  const [degrees = 0, cx = 0, cy = 0] =
    /rotate\(([^)]*)\)/
      .exec(element.getAttribute('transform') ?? '')?.[1]
      ?.split(' ')
      .map(Number) ?? [];
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const turned = ({ x, y }: Point): Point => ({
    x: cx + cos * (x - cx) - sin * (y - cy),
    y: cy + sin * (x - cx) + cos * (y - cy),
  });
  return level.map(turned) as unknown as Quad;
};

/** By the separating axis theorem; touching is no overlap. */
export const overlap = (one: Quad, other: Quad): boolean => {
  const axes = [one, other].flatMap((corners) =>
    [0, 1].map((index) => {
      const [from, to] = [corners[index], corners[index + 1]] as [Point, Point];
      return { x: from.y - to.y, y: to.x - from.x };
    }),
  );
  return axes.every((axis) => {
    const [[low, high], [floor, ceiling]] = [one, other].map((corners) => {
      const along = corners.map(({ x, y }) => x * axis.x + y * axis.y);
      return [Math.min(...along), Math.max(...along)];
    }) as [[number, number], [number, number]];
    return low < ceiling - 1e-6 && floor < high - 1e-6;
  });
};

/** Pairs that overlap, by name. */
export const collisions = (named: readonly (readonly [name: string, quad: Quad])[]): readonly string[] =>
  named.flatMap(([name, one], index) =>
    named.slice(index + 1).flatMap(([other, two]) => (overlap(one, two) ? [`${name} / ${other}`] : [])),
  );

export const attributesOf = (found: readonly Element[], ...names: readonly string[]): readonly string[] =>
  found.map((element) => names.map((name) => element.getAttribute(name) ?? '').join(' -> '));
