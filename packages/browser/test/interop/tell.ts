/** Plays stories on two ends: by hand, or by whoever negotiates there. */
import type { Description } from '@detente/core';
import { until } from '../scenarios/engine.ts';
import { arrives } from './arrival.ts';
import { type Ends, playRound } from './cell.ts';
import type { End } from './end.ts';
import type { Episode, Story } from './stories.ts';

/** What does not come by then does not come; most stories that go wrong do so at once. */
const patienceMs = 4_000;

/** Rejects with what goes wrong. */
export const tellByHand = async ({ episodes, flows, latencyMs = 0 }: Story, ends: HandEnds): Promise<void> => {
  const delayedEnds = { left: delayed(ends.left, latencyMs), right: delayed(ends.right, latencyMs) };
  for (const episode of episodes) await playByHand(episode, delayedEnds);
  await arrives(ends.left, ends.right, flows, patienceMs);
};

/** Rejects with what goes wrong. */
export const tellWithOurs = async ({ episodes, flows }: Story, ends: Ends): Promise<void> => {
  const patient = { ...ends, patienceMs };
  for (const episode of episodes) {
    const [atLeft, atRight] = [await ends.left.peer.look(), await ends.right.peer.look()];
    const changes = choose(episode);
    await playRound(patient, changes.left(atLeft), changes.right(atRight));
  }
  await arrives(ends.left.peer, ends.right.peer, flows, patienceMs);
};

/** What is applied was under way for some time, in which engines already check connectivity. */
const delayed = (end: End, latencyMs: number): End => ({
  ...end,
  async byHand(step) {
    if (step.do === 'apply') await new Promise((resolve) => setTimeout(resolve, latencyMs));
    return end.byHand(step);
  },
});

export interface HandEnds {
  readonly left: End;
  readonly right: End;
}

const choose = (episode: Episode) => {
  const idle = () => [];
  switch (episode.by) {
    case 'both':
      return episode;
    case 'left':
      return { left: episode.act, right: idle };
    case 'right':
      return { left: idle, right: episode.act };
  }
};

const playByHand = async (episode: Episode, { left, right }: HandEnds): Promise<void> => {
  const changes = choose(episode);
  await right.act(changes.right(await right.look()));
  await left.act(changes.left(await left.look()));
  if (episode.by === 'both') await loseGlare(left, right);
  else if (episode.by === 'left') await exchange(left, right);
  else await exchange(right, left);
  await connected({ left, right });
};

/**
 * With ours, too, one change follows another no sooner than the sides are connected. Not every episode can end so, such as
 * a lost glare, which leaves something to be offered again; what counts is what flows in the end.
 */
const connected = async (ends: HandEnds): Promise<void> => {
  const areConnected = async () => {
    const views = [await ends.left.look(), await ends.right.look()];
    return views.every(
      ({ connectionState, dataChannels }) =>
        connectionState === 'connected' && dataChannels.every(({ readyState }) => readyState === 'open'),
    );
  };
  await until('the sides connect', areConnected, 1_000).catch(() => undefined);
};

const exchange = async (from: End, to: End): Promise<void> => {
  await apply(to, await from.byHand({ do: 'offer' }));
  await apply(from, await to.byHand({ do: 'answer' }));
};

const loseGlare = async (loser: End, winner: End): Promise<void> => {
  await loser.byHand({ do: 'offer' });
  const offer = await winner.byHand({ do: 'offer' });
  await loser.byHand({ do: 'rollback' });
  await apply(loser, offer);
  await apply(winner, await loser.byHand({ do: 'answer' }));
};

export const apply = async (to: End, description: Description | null): Promise<void> => {
  if (description === null) throw new Error('there is no description');
  await to.byHand({ do: 'apply', description });
};
