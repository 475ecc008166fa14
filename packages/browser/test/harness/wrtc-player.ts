/** Plays scenarios on wrtc in a process of its own, since wrtc may crash, and takes everything around it along when it does. */
import { scenarios } from '../scenarios/index.ts';
import { wrtcEngine } from '../scenarios/wrtc-engine.ts';
import type { Played, Wish } from './wrtc-process.ts';

const reply = (message: Played) => process.send?.(message);
process.on('unhandledRejection', (reason) => reply({ error: `unhandled rejection: ${String(reason)}` }));
// wrtc leaves threads behind.
process.on('disconnect', () => process.exit());
process.on('message', ({ name, options }: Wish) => {
  Promise.resolve(scenarios[name](wrtcEngine, options as never)).then(
    (value) => reply({ value }),
    (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
