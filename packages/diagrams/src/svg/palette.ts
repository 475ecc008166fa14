/**
 * The colours, in a light and a dark scheme, and the style sheet that every picture carries. The reader's system chooses the
 * scheme. Colour repeats what shape or text also says.
 */
import type { Bearing } from '../state-path.ts';

export type Ink = Bearing | 'trouble' | 'text' | 'muted';

export interface Scheme {
  readonly ground: string;
  /** Lines and text. */
  readonly ink: Readonly<Record<Ink, string>>;
  /** Surfaces that text stands on. */
  readonly wash: Readonly<Record<Bearing, string>>;
}

export const light: Scheme = {
  ground: '#ffffff',
  ink: {
    text: '#1c2128',
    muted: '#5b6573',
    rest: '#48525f',
    ours: '#0b57b0',
    theirs: '#8f4e00',
    waiting: '#7a2fa8',
    over: '#48525f',
    trouble: '#b3201b',
  },
  wash: { rest: '#f0f2f5', ours: '#deebfc', theirs: '#fdeed3', waiting: '#f2e5fb', over: '#e3e6ea' },
};

export const dark: Scheme = {
  ground: '#14181e',
  ink: {
    text: '#e8ebef',
    muted: '#a3adba',
    rest: '#c3cad4',
    ours: '#86bcff',
    theirs: '#f3bb62',
    waiting: '#d6a8f8',
    over: '#c3cad4',
    trouble: '#ff9389',
  },
  wash: { rest: '#232a33', ours: '#173253', theirs: '#432f0c', waiting: '#39244d', over: '#2c333d' },
};

const fonts = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Classes: `ink-x` fills, `line-x` strokes, `wash-x` fills a surface; everything under `.detente`, so that nothing leaks. */
export const styleSheet = (): string =>
  [
    `.detente text{font-family:${fonts};font-size:13px}`,
    '.detente .line{fill:none;stroke-width:1.5}',
    '.detente .strong{font-weight:600}',
    '.detente .small{font-size:12px}',
    '.detente .large{font-size:17px}',
    '.detente .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
    ...rules(light),
    `@media (prefers-color-scheme:dark){${rules(dark).join('')}}`,
  ].join('');

const rules = ({ ground, ink, wash }: Scheme): readonly string[] => [
  `.detente .ground{fill:${ground}}`,
  `.detente .halo{stroke:${ground}}`,
  ...Object.entries(ink).flatMap(([name, colour]) => [
    `.detente .ink-${name}{fill:${colour}}`,
    `.detente .line-${name}{stroke:${colour}}`,
  ]),
  ...Object.entries(wash).map(([name, colour]) => `.detente .wash-${name}{fill:${colour}}`),
];
