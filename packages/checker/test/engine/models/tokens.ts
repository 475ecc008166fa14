/** Tokens of two colours that wander round a ring: a wide state space of a size that is known beforehand. */
import type { Model } from '../../../src/engine/index.ts';

export interface TokensParameters {
  readonly places: number;
  /** Tokens of either colour. */
  readonly tokens: number;
}

/** One word a place: red tokens in the low half, black ones in the high half. */
export function createModel({ places, tokens }: TokensParameters): Model {
  const next = new Int32Array(places);
  const red = 1;
  const black = 0x10000;
  const count = (word: number, colour: number) => (colour === red ? word & 0xffff : word >> 16);
  return {
    words: places,
    properties: [
      {
        type: 'always',
        id: 'no-crowd',
        sentence: 'never are all tokens at the last place',
        holds: (state) => state[places - 1] !== tokens * (red + black),
      },
      {
        type: 'sometimes',
        id: 'even',
        sentence: 'the reds have all moved on, the blacks have not',
        holds: (state) => state[0] === tokens * black,
      },
    ],
    init(emit) {
      next.fill(0);
      next[0] = tokens * (red + black);
      emit(next);
    },
    next(state, emit) {
      for (let place = 0; place < places; place++) next[place] = state[place]!;
      for (let place = 0; place < places; place++) {
        const target = (place + 1) % places;
        for (const colour of [red, black]) {
          if (count(next[place]!, colour) === 0) continue;
          next[place]! -= colour;
          next[target]! += colour;
          emit(place * 2 + (colour === red ? 0 : 1), next);
          next[place]! += colour;
          next[target]! -= colour;
        }
      }
    },
    mayRest: () => false,
    describe: (move) => `${move % 2 === 0 ? 'red' : 'black'} leaves ${move >> 1}`,
  };
}
