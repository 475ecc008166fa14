/** How a story that broke an invariant is told: in words, and with all that it takes to draw and to repeat it. */
import type { PairRun } from '../pair/pair.ts';
import { toLines } from '../world.ts';
import type { Setting } from './setting.ts';
import type { Story } from './story.ts';

/**
 * The message has the invariant, the number of the run's events, the events, one a line, and the command that draws them.
 * `run.sides` fits `toRun` of `@detente/diagrams`.
 */
export class StoryFailure extends Error {
  override readonly name = 'StoryFailure';
  readonly setting: Setting;
  readonly story: Story;
  readonly run: PairRun;

  constructor(setting: Setting, story: Story, run: PairRun, cause: unknown) {
    const told = JSON.stringify({ setting, story }).replaceAll("'", "'\\''");
    super(
      [
        String(cause),
        `${run.events.length} events:`,
        ...toLines(run.events),
        `To draw it: pnpm --filter @detente/testing fuzz --story '${told}'`,
      ].join('\n'),
      { cause },
    );
    this.setting = setting;
    this.story = story;
    this.run = run;
  }
}
