/** A wide model that breaks in worker threads, at the moment that the test chooses. */
import { isMainThread } from 'node:worker_threads';
import type { Model } from '../../../src/engine/index.ts';
import { createModel as createTokens } from './tokens.ts';

export interface FaultyParameters {
  readonly throwsIn: 'factory' | 'next';
}

export function createModel({ throwsIn }: FaultyParameters): Model {
  const tokens = createTokens({ places: 4, tokens: 9 });
  if (isMainThread) return tokens;
  if (throwsIn === 'factory') throw new Error('no model here');
  return {
    ...tokens,
    next: () => {
      throw new Error('no successors here');
    },
  };
}
