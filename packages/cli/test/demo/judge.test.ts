import { expect, it } from 'vitest';
import { type Check, type ClientFacts, judge } from '../../src/demo/judge.ts';
import { agreement, first, restful, second } from './facts.ts';

const failures = (checks: readonly Check[]) => checks.filter(({ problems }) => problems.length > 0);

it('finds nothing wrong when all is well', () => {
  expect(failures(judge(agreement))).toEqual([]);
});

const media = 'every client receives exactly the tracks that are published';
const heard = (changes: Partial<ClientFacts['heard']>): ClientFacts => ({
  ...first,
  heard: { ...first.heard, ...changes },
});
const atSfu = (changes: Partial<typeof restful>): ClientFacts => ({
  ...first,
  ends: { client: restful, sfu: { ...restful, ...changes } },
});

it.each<[string, ClientFacts, Check]>([
  [
    'a track that is published and does not arrive',
    heard({ received: [], delivered: [] }),
    { claim: media, problems: ['client 1 misses 1 of 1: client 2.video-4'] },
  ],
  [
    'a removed track that still flows, though on no announced track',
    heard({ received: ['client 2.audio-1', 'client 2.video-4'] }),
    { claim: media, problems: ['client 1 still receives 1 removed: client 2.audio-1'] },
  ],
  [
    'media on the wrong track',
    heard({ misplaced: ['client 2.video-4 on client 2.video-3'] }),
    { claim: media, problems: ['client 1 receives on the wrong track: client 2.video-4 on client 2.video-3'] },
  ],
  [
    'an end that is not at rest',
    atSfu({ unrest: ['its engine is in have-local-offer'] }),
    {
      claim: 'both ends of every connection are stable and owe nothing',
      problems: ['the SFU for client 1: its engine is in have-local-offer'],
    },
  ],
  ['a glare', atSfu({ glares: 2 }), { claim: 'no offers collided', problems: ['2 glares, at 1 of 4 ends'] }],
  [
    'a rollback',
    atSfu({ rollbacks: 1 }),
    { claim: 'nothing was rolled back', problems: ['1 rollbacks, at 1 of 4 ends'] },
  ],
  [
    'errors, the most frequent first',
    atSfu({ errors: ['rare', 'often', 'often'] }),
    { claim: 'no error was reported', problems: ['2 × often', '1 × rare'] },
  ],
])('finds %s', (_name, client, failure) => {
  expect(failures(judge({ ...agreement, clients: [client, second] }))).toEqual([failure]);
});

it('finds a peer connection that was left open', () => {
  expect(failures(judge({ ...agreement, leaked: 1 }))).toEqual([
    { claim: 'no peer connection is left open', problems: ['the SFU still has 1'] },
  ]);
});
