import { describe, expect, it } from 'vitest';
import { type Scheme, dark, light, styleSheet } from '../../src/svg/palette.ts';

/** Spec: w3.org/TR/WCAG22/#dfn-contrast-ratio */
const contrast = (one: string, other: string): number => {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const value = parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [bright, dim] = [luminance(one), luminance(other)].toSorted((left, right) => right - left) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
};

const pairs = ({ ink, ground, wash }: Scheme): readonly (readonly [string, string, string])[] => [
  ...Object.entries(ink).map(([name, colour]) => [`${name} on the ground`, colour, ground] as const),
  ...Object.entries(wash).flatMap(([name, surface]) =>
    (['text', 'muted', name as keyof typeof ink] as const).map(
      (written) => [`${written} on the ${name} surface`, ink[written], surface] as const,
    ),
  ),
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s scheme', (_, scheme) => {
  it.each(pairs(scheme))('has enough contrast for text: %s', (_, written, behind) => {
    expect(contrast(written, behind)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the style sheet', () => {
  it('keeps to its own pictures', () => {
    const selectors = styleSheet().match(/[^{}]+(?=\{)/g) ?? [];
    expect(selectors.filter((selector) => !selector.startsWith('.detente '))).toEqual([
      '@media (prefers-color-scheme:dark)',
    ]);
  });
});
