/** What goes to the terminal: results on standard output, progress on standard error. */
import type { Tone } from '@detente/diagrams';
import colors from 'picocolors';

/** One line, or several, of the result. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** A line that the next one replaces; `''` clears it. Elsewhere than on a terminal it is left out. */
export const showProgress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${colors.dim(text)}`);
};

/** How a sequence diagram is drawn here. */
export const drawing = () => ({
  width: Math.min(process.stdout.columns ?? 100, 120),
  paint,
});

/** Colours by tone, where there are colours. */
export const paint = (text: string, tone: Tone): string => paints[tone](text);

const paints: Readonly<Record<Tone, (text: string) => string>> = {
  rest: colors.dim,
  ours: colors.green,
  theirs: colors.blue,
  waiting: colors.yellow,
  over: colors.dim,
  message: String,
  trouble: colors.red,
};
