/** What each kind of move does to a node. */
import { wishes } from './engine.ts';
import { type Kind, kinds } from './moves.ts';
import type { Happening, Node } from './node.ts';

export function toHappening(kind: Kind, { engine }: Node): Happening {
  switch (kind) {
    case kinds.change:
      return { type: 'change', wish: wishes.open };
    case kinds.followedChange:
      return { type: 'change', wish: wishes.followed };
    case kinds.restartIce:
      return { type: 'input', input: { type: 'restart-ice' } };
    case kinds.close:
      return { type: 'input', input: { type: 'close' } };
    case kinds.done:
      return { type: 'done', carried: true };
    case kinds.doneUncarried:
      return { type: 'done', carried: false };
    case kinds.fail:
      return { type: 'failed', half: false };
    case kinds.failHalf:
      return { type: 'failed', half: true };
    case kinds.hang:
      return { type: 'input', input: { type: 'hung' } };
    case kinds.timer:
      return { type: 'input', input: { type: 'timer' } };
    case kinds.gather:
      return candidate(engine.ice?.agreed ?? null);
    case kinds.gatherPending:
      return candidate(engine.ice?.pending ?? null);
    case kinds.engineCloses:
      return { type: 'input', input: { type: 'engine-closed' } };
    case kinds.restart:
    case kinds.receive:
      throw new Error('not a happening of one node alone');
  }
}

const candidate = (usernameFragment: string | null): Happening => ({
  type: 'input',
  input: { type: 'candidate', candidate: { candidate: 'candidate', usernameFragment } },
});
