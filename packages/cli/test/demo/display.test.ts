import { expect, it } from 'vitest';
import { createDisplay } from '../../src/demo/display.ts';

const createOutput = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, isTTY, columns: 90, write: (text: string) => written.push(text) };
};

it('keeps the status on one line of a terminal, and out of the way of what is printed', () => {
  const output = createOutput(true);
  const display = createDisplay(output);
  display.status('one');
  display.status('two');
  display.print('done');
  const screen = output.written.join('').replace(/\u001b\[\d+m/g, '');
  expect(screen).toBe('\r\u001b[2Kone\r\u001b[2Ktwo\r\u001b[2Kdone\n');
  expect(display.width).toBe(90);
});

it('prints a status only now and then elsewhere', () => {
  const output = createOutput(false);
  let nowMs = 0;
  const display = createDisplay(output, () => nowMs, 1_000);
  for (; nowMs < 3_500; nowMs += 250) display.status(`at ${nowMs}`);
  display.print('done');
  expect(output.written).toEqual(['at 1000\n', 'at 2000\n', 'at 3000\n', 'done\n']);
});
