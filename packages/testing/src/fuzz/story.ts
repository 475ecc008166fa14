/**
 * Stories: what an application, an engine and a network may do to a pair, in any order. A move that makes no sense where
 * it stands does nothing, so any part of a story is a story, and shrinking may leave out whatever it likes.
 */
import fc from 'fast-check';
import { type End, ends, otherEnd } from '../ends.ts';
import { type ChangeKind, changeKinds } from '../pair/engine.ts';

export type BreakableOperation =
  'createOffer' | 'createAnswer' | 'setLocalDescription' | 'setRemoteDescription' | 'rollback' | 'addIceCandidate';

export type Move =
  /** One of the things that could happen happens; several in a row. */
  | { readonly do: 'go'; readonly pick: number; readonly times: number }
  | { readonly do: 'change'; readonly end: End; readonly kind: ChangeKind; readonly which: number }
  | { readonly do: 'negotiate' | 'restartIce' | 'close' | 'restart'; readonly end: End }
  /** The operation that is in flight at an end fails, fails although it took effect, or never ends. */
  | { readonly do: 'fail'; readonly end: End; readonly how: 'unchanged' | 'applied' | 'hangs' }
  /** From now on an operation always fails. */
  | { readonly do: 'break'; readonly end: End; readonly operation: BreakableOperation }
  /** A timer fires, however slow the rest was. */
  | { readonly do: 'wait' }
  | { readonly do: 'cut' | 'reconnect' }
  /** To the frame in flight with this index. */
  | { readonly do: 'lose' | 'duplicate' | 'overtake'; readonly which: number }
  /** Something arrives that the other side never sent. */
  | { readonly do: 'garbage'; readonly end: End; readonly message: unknown };

export type Story = readonly Move[];

const end = fc.constantFrom(...ends);
const which = fc.nat(7);
const operations: readonly BreakableOperation[] = [
  'createOffer',
  'createAnswer',
  'setLocalDescription',
  'setRemoteDescription',
  'rollback',
  'addIceCandidate',
];

const go = fc.record({ do: fc.constant('go' as const), pick: fc.nat(5), times: fc.integer({ min: 1, max: 4 }) });
const change = fc.record({ do: fc.constant('change' as const), end, kind: fc.constantFrom(...changeKinds), which });
const ask = fc.record({ do: fc.constantFrom('negotiate' as const, 'restartIce' as const), end });
const upheaval = fc.record({ do: fc.constantFrom('close' as const, 'restart' as const, 'restart' as const), end });
const engineFault = fc.record({
  do: fc.constant('fail' as const),
  end,
  how: fc.constantFrom('unchanged' as const, 'unchanged' as const, 'applied' as const, 'hangs' as const),
});
const breakage = fc.record({ do: fc.constant('break' as const), end, operation: fc.constantFrom(...operations) });
const patience = fc.record({ do: fc.constant('wait' as const) });
const outage = fc.record({ do: fc.constantFrom('cut' as const, 'reconnect' as const) });
const mishap = fc.record({
  do: fc.constantFrom('lose' as const, 'duplicate' as const, 'overtake' as const),
  which,
});
const garbage = fc.record({
  do: fc.constant('garbage' as const),
  end,
  message: fc.oneof(
    fc.constantFrom<unknown>(null, 'offer', 7, [], {}, { v: 2, kind: 'offer' }, { kind: 'answer' }, { description: 1 }),
    fc.record({ v: fc.constant(1), from: fc.constant('nobody'), kind: fc.constantFrom('offer', 'sync', 'bye', 'x') }),
  ),
});

/** What a story may contain: without faults, with the network's, or with the engine's and the users' as well. */
export type Trouble = 'none' | 'network' | 'all';

export const storyArbitrary = (trouble: Trouble, maxLength = 30): fc.Arbitrary<Story> =>
  fc.array<Move>(
    fc.oneof(
      { weight: 10, arbitrary: go },
      { weight: 5, arbitrary: change },
      { weight: 1, arbitrary: ask },
      ...(trouble === 'none'
        ? []
        : [
            { weight: 1, arbitrary: patience },
            { weight: 1, arbitrary: outage },
            { weight: 2, arbitrary: mishap },
          ]),
      ...(trouble === 'all'
        ? [
            { weight: 2, arbitrary: engineFault },
            { weight: 1, arbitrary: breakage },
            { weight: 1, arbitrary: upheaval },
            { weight: 1, arbitrary: garbage },
          ]
        : []),
    ),
    { maxLength },
  );

/** One end has a single change, and the other never stops having some: who waits, and for how long? Without faults. */
export const busyStoryArbitrary = (patient: End): fc.Arbitrary<Story> => {
  const changeAt = (at: End) =>
    fc.record({
      do: fc.constant('change' as const),
      end: fc.constant(at),
      kind: fc.constant('addTrack' as const),
      which,
    });
  return fc
    .tuple(
      changeAt(patient),
      fc.array(fc.oneof<fc.Arbitrary<Move>[]>(go, changeAt(otherEnd(patient))), { maxLength: 40 }),
    )
    .map(([first, rest]) => [first, ...rest]);
};
