/** The frame of every picture: size, title and description for who cannot see it, style, and a ground of its own. */
import { element, escape } from './element.ts';
import { styleSheet } from './palette.ts';

export interface Picture {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly string[];
}

export const toDocument = ({ title, description, width, height, body }: Picture): string => {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'detente',
    role: 'img',
    width: w,
    height: h,
    viewBox: `0 0 ${w} ${h}`,
  };
  const lines = [
    element('title', {}, escape(title)),
    element('desc', {}, escape(description)),
    element('style', {}, styleSheet()),
    element('rect', { class: 'ground', width: w, height: h, rx: 8 }),
    ...body,
  ];
  return `${element('svg', frame, '\n', lines.join('\n'), '\n')}\n`;
};
