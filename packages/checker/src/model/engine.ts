/**
 * A WebRTC engine as JSEP describes it, reduced to what negotiation can notice: its signaling state, the one operation in
 * flight, the names of the descriptions that it has, its ICE credentials, and what became of the changes that the
 * application made. Spec: RFC 9429, section 3.2.
 */
import type { Operation } from '@detente/core';
import { answerText, nameIn, offerName, offerText, type Side, ufragIn } from './names.ts';

/**
 * What is known of some changes: there are none; there are, but their failure was reported; there are; the one that a
 * property follows is among them. The larger one describes a union.
 */
export type Wish = 0 | 1 | 2 | 3;
export const wishes = { none: 0, reported: 1, open: 2, followed: 3 } as const;
export const union = (one: Wish, other: Wish): Wish => (one > other ? one : other);
export const afterReport = (wish: Wish): Wish => (wish > wishes.reported ? wishes.reported : wish);

/** An operation in flight: the description it was given, the changes it would carry, and the credentials it makes. */
export interface Work {
  readonly operation: Operation;
  readonly text: string | null;
  readonly carries: Wish;
}

/** ICE credentials by name: those agreed on, and those of the description in the making or pending. */
export interface Credentials {
  readonly agreed: string | null;
  readonly pending: string | null;
  readonly theirs: string | null;
}

export interface Engine {
  readonly signaling: 'stable' | 'have-local-offer' | 'have-remote-offer';
  readonly work: Work | null;
  /** The offer that is pending, of whichever side. */
  readonly pending: string | null;
  /** The offer of the last exchange that was completed here. */
  readonly agreed: string | null;
  /** Changes that no description here carries. */
  readonly fresh: Wish;
  /** Changes that the pending offer carries, if it is ours. */
  readonly offered: Wish;
  /** An answer was refused since the last exchange, so that the other side has agreed to something that we have not. */
  readonly estranged: boolean;
  /** Absent in models without candidates. */
  readonly ice: Credentials | null;
}

export const createEngine = (ice: boolean): Engine => ({
  signaling: 'stable',
  work: null,
  pending: null,
  agreed: null,
  fresh: wishes.none,
  offered: wishes.none,
  estranged: false,
  ice: ice ? { agreed: null, pending: null, theirs: null } : null,
});

export interface Order {
  readonly operation: Operation;
  readonly text: string | null;
  readonly iceRestart: boolean;
}

/** An operation begins; `id` is that of our newest offer. */
export function begin(engine: Engine, { operation, text, iceRestart }: Order, side: Side, id: number): Engine {
  const carries = operation === 'createOffer' || operation === 'createAnswer' ? engine.fresh : wishes.none;
  return {
    ...engine,
    work: { operation, text, carries },
    fresh: carries === wishes.none ? engine.fresh : wishes.none,
    ice: engine.ice && { ...engine.ice, pending: pendingUfrag(engine, operation, iceRestart, side, id) },
  };
}

function pendingUfrag(engine: Engine, operation: Operation, restart: boolean, side: Side, id: number): string | null {
  const { agreed, pending, theirs } = engine.ice!;
  switch (operation) {
    case 'createOffer':
      return agreed === null || restart ? offerName(side, id) : agreed;
    case 'createAnswer': {
      const offered = engine.pending === null ? null : ufragIn(engine.pending);
      return agreed === null || offered !== theirs ? `${side}@${nameIn(engine.pending ?? '')}` : agreed;
    }
    case 'applyOffer':
    case 'applyAnswer':
    case 'rollback':
      return pending;
  }
}

/** What an operation that did what it should leaves behind, and the description that it made. */
export interface Done {
  readonly engine: Engine;
  readonly made: string | null;
}

/** `carried`: the answer that was made took our own changes along. */
export function finish(engine: Engine, carried: boolean, side: Side, id: number): Done {
  const { work, ice } = engine;
  const idle = { ...engine, work: null };
  const rest = { signaling: 'stable', pending: null, offered: wishes.none } as const;
  switch (work!.operation) {
    case 'createOffer': {
      const made = offerText(offerName(side, id), engine.agreed && nameIn(engine.agreed), ice && ice.pending);
      const offered = union(engine.offered, work!.carries);
      return { made, engine: { ...idle, signaling: 'have-local-offer', pending: made, offered } };
    }
    case 'applyOffer':
      return { made: null, engine: { ...idle, signaling: 'have-remote-offer', pending: work!.text } };
    case 'createAnswer': {
      const made = answerText(nameIn(engine.pending!)!, ice && ice.pending);
      const fresh = carried ? engine.fresh : union(engine.fresh, work!.carries);
      const agreed = { agreed: engine.pending, fresh, estranged: false, ice: ice && agree(ice, engine.pending!) };
      return { made, engine: { ...idle, ...rest, ...agreed } };
    }
    case 'applyAnswer': {
      const agreed = { agreed: engine.pending, estranged: false, ice: ice && agree(ice, work!.text!) };
      return { made: null, engine: { ...idle, ...rest, ...agreed } };
    }
    case 'rollback': {
      const fresh = union(engine.fresh, engine.offered);
      return { made: null, engine: { ...idle, ...rest, fresh, ice: ice && { ...ice, pending: null } } };
    }
  }
}

/** The operation came to nothing: what it would have carried is `left` over, and the engine is where it was. */
export const fail = (engine: Engine, left: Wish): Engine => ({
  ...engine,
  work: null,
  fresh: union(engine.fresh, left),
  estranged: engine.estranged || engine.work?.operation === 'applyAnswer',
});

const agree = ({ pending }: Credentials, theirs: string): Credentials => ({
  agreed: pending,
  pending: null,
  theirs: ufragIn(theirs),
});

/** The credentials of the other side's descriptions that the engine has. */
export const remoteUfrags = ({ ice, pending, signaling }: Engine): readonly string[] =>
  [ice?.theirs, signaling === 'have-remote-offer' && pending ? ufragIn(pending) : null].filter(
    (ufrag): ufrag is string => typeof ufrag === 'string',
  );
