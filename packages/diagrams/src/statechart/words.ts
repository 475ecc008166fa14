/** The machine's names in a reader's words. All of it is derived, so that a new transition needs no entry here. */
import type { Move } from './explore.ts';

const events: Partial<Readonly<Record<Move['event'], string>>> = {
  always: '',
  'app.close': 'close()',
  'app.restart-ice': 'ICE restart',
  'engine.done': 'done',
  'engine.failed': 'failed',
  'engine.hung': 'engine hung',
  'engine.closed': 'engine closed',
  'timer.fired': 'timeout',
  'link.failed': 'link failed',
};

/** `remote.grant` is `grant`, `engine.done` is `done`. */
export const eventWords = (event: Move['event']): string => events[event] ?? event.split('.').slice(1).join(' ');

/** `givesWay` is `gives way`. */
export const camelWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `sendDecline busy` is `send decline busy`; of an offer that is dropped it is not told which. */
export const effectWords = (effect: string): string => camelWords(effect.replace(/^(drop\w+) .*/, '$1'));
