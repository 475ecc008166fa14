/** What the demo shows while it runs: one line that changes on a terminal, a line now and then elsewhere. */
import colors from 'picocolors';

export interface Display {
  /** Columns. */
  readonly width: number;
  print(text: string): void;
  /** What is going on now; replaces the last status. */
  status(text: string): void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Elsewhere than on a terminal, a status is printed at most every `quietMs`. */
export const createDisplay = (
  output: Output,
  now: () => number = performance.now.bind(performance),
  quietMs = 4_000,
): Display => {
  const isTerminal = output.isTTY === true;
  let printedAt = now();
  const clear = () => (isTerminal ? output.write('\r\u001b[2K') : undefined);
  return {
    width: Math.min(output.columns ?? 100, 120),
    print(text) {
      clear();
      output.write(`${text}\n`);
    },
    status(text) {
      if (isTerminal) {
        clear();
        output.write(colors.dim(text));
      } else if (now() - printedAt >= quietMs) {
        printedAt = now();
        output.write(`${text}\n`);
      }
    },
  };
};
