/** The property that fuzzing checks: whatever happens to a pair, the named invariants hold. */
import fc from 'fast-check';
import { judgePlayed } from './judge.ts';
import { playStory } from './play.ts';
import { type EngineChoice, type RolePairName, type Setting, settingArbitrary } from './setting.ts';
import { StoryFailure } from './story-failure.ts';
import { type Story, type Trouble, busyStoryArbitrary, storyArbitrary } from './story.ts';

export interface InterleavingsOptions {
  readonly pair: RolePairName;
  readonly engine: EngineChoice['engine'];
  /** Default `all`. `busy`: no faults, but one end that never stops changing something. */
  readonly trouble?: Trouble | 'busy';
}

/** Plays a story and judges it. Rejects with a `StoryFailure` when an invariant is broken. */
export const checkStory = async (setting: Setting, story: Story): Promise<void> => {
  const played = await playStory(setting, story);
  try {
    judgePlayed(played);
  } catch (error) {
    throw new StoryFailure(setting, story, played.pair.run, error);
  }
};

/**
 * For `fc.assert`. A failure is shrunk to a short story, and its message has the seed and the path that repeat it, the
 * invariant, and everything that happened; its error is a `StoryFailure`.
 */
export const interleavings = ({ pair, engine, trouble = 'all' }: InterleavingsOptions) =>
  fc.asyncProperty(settingArbitrary(pair, engine), storiesOf(trouble), checkStory);

const storiesOf = (trouble: Trouble | 'busy'): fc.Arbitrary<Story> =>
  trouble === 'busy' ? fc.oneof(busyStoryArbitrary('left'), busyStoryArbitrary('right')) : storyArbitrary(trouble);
