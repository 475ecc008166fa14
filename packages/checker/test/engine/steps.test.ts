import { describe, expect, it } from 'vitest';
import { initialStates, successors } from '../../src/engine/index.ts';
import { createModel as createJugs } from './models/jugs.ts';
import { graphModel } from './support/graph-model.ts';

describe('steps', () => {
  it('lists the initial states as they are emitted', () => {
    const model = graphModel({ initial: [2, 0], edges: [[], [], []] });
    expect(initialStates(model)).toEqual([
      { state: [1002, -2, 0], shown: '2' },
      { state: [1000, 0, 0], shown: '0' },
    ]);
  });

  it('lists what can happen in a state, with words joined if the model does not show states', () => {
    expect(successors(createJugs(), [3, 4])).toEqual([
      { move: 0, label: 'fill the small', state: [3, 4], shown: '3 4' },
      { move: 1, label: 'fill the large', state: [3, 5], shown: '3 5' },
      { move: 2, label: 'empty the small', state: [0, 4], shown: '0 4' },
      { move: 3, label: 'empty the large', state: [3, 0], shown: '3 0' },
      { move: 4, label: 'small to large', state: [2, 5], shown: '2 5' },
      { move: 5, label: 'large to small', state: [3, 4], shown: '3 4' },
    ]);
  });
});
