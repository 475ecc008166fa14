/** Facts of a demo in which all went well. */
import type { EndReport } from '../../src/demo/end.ts';
import type { ClientFacts, Facts } from '../../src/demo/judge.ts';

export const restful: EndReport = {
  exchanges: 3,
  waited: 1,
  otherWaited: 2,
  glares: 0,
  rollbacks: 0,
  errors: [],
  unrest: [],
  trace: [],
  offsetMs: 0,
};

const client = (name: string, published: readonly string[], delivered: readonly string[]): ClientFacts => ({
  name,
  published,
  heard: { received: delivered, delivered, misplaced: [] },
  ends: { client: restful, sfu: restful },
});

export const first = client('client 1', ['client 1.audio-0'], ['client 2.video-4']);
export const second = client('client 2', ['client 2.video-4'], ['client 1.audio-0']);
export const agreement: Facts = { clients: [first, second], changes: 5, troubles: [], leaked: 0 };
