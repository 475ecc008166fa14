/** What the explorer and the properties ask of a node, as bits of one word. */
import { isSettled } from '@detente/core';
import { wishes } from './engine.ts';
import { type Kind, kinds } from './moves.ts';
import type { Node } from './node.ts';

/** The bits below 16 say which kinds of move are possible, as far as the node alone decides. */
export const facts = {
  closed: 1 << 16,
  broken: 1 << 17,
  atRest: 1 << 18,
  /** An operation is in flight. */
  busy: 1 << 19,
  /** A change is neither carried nor reported as failed. */
  owes: 1 << 20,
  followed: 1 << 21,
  estranged: 1 << 22,
  rollsBack: 1 << 23,
  hasLocalOffer: 1 << 24,
  appliesAnswer: 1 << 25,
  timer: 1 << 26,
  asks: 1 << 27,
  yields: 1 << 28,
  hasGranted: 1 << 29,
  /** The last exchange was one of the other side's offers. */
  accepted: 1 << 30,
  /** It is not the side's first session. */
  restarted: 1 << 31,
} as const;

export type Fact = keyof typeof facts;

export interface FactOptions {
  readonly answersCarry: 'always' | 'never' | 'either';
}

export function factsOf(node: Node, options: FactOptions): number {
  const { endpoint, engine, timer, broken } = node;
  const { path } = endpoint.machine;
  const owing = [engine.fresh, engine.offered, engine.work?.carries ?? wishes.none];
  const bits: readonly (readonly [number, boolean])[] = [
    [facts.closed, path === 'closed'],
    [facts.broken, broken !== null],
    [facts.atRest, isSettled(endpoint.machine) && engine.signaling === 'stable' && engine.work === null],
    [facts.busy, engine.work !== null],
    [facts.owes, owing.some((wish) => wish >= wishes.open)],
    [facts.followed, owing.includes(wishes.followed)],
    [facts.estranged, engine.estranged],
    [facts.rollsBack, engine.work?.operation === 'rollback'],
    [facts.hasLocalOffer, engine.signaling === 'have-local-offer'],
    [facts.appliesAnswer, engine.work?.operation === 'applyAnswer'],
    [facts.timer, timer],
    [facts.asks, path === 'pending-renegotiation.asking'],
    [facts.yields, path === 'pending-renegotiation.yielding'],
    [facts.accepted, engine.agreed !== null && !engine.agreed.startsWith(node.side)],
    [facts.hasGranted, path === 'remote-offer-pending.awaiting-offer'],
    [facts.restarted, node.session > 0],
  ];
  return bits.reduce((sum, [bit, holds]) => (holds ? sum | bit : sum), possibleKinds(node, options));
}

function possibleKinds({ endpoint, engine, timer, broken }: Node, { answersCarry }: FactOptions): number {
  const { work, ice } = engine;
  if (broken !== null) return 0;
  if (endpoint.machine.path === 'closed') return 1 << kinds.restart;
  const answersOwed = work?.operation === 'createAnswer' && work.carries > wishes.none;
  const creates = work?.operation === 'createOffer' || work?.operation === 'createAnswer';
  const candidates: readonly (readonly [Kind, boolean])[] = [
    [kinds.gather, ice !== null && ice.agreed !== null],
    [kinds.gatherPending, ice !== null && ice.pending !== null && ice.pending !== ice.agreed],
    [kinds.restartIce, ice !== null],
  ];
  const others: readonly (readonly [Kind, boolean])[] = [
    [kinds.change, true],
    [kinds.followedChange, true],
    [kinds.close, true],
    [kinds.engineCloses, true],
    [kinds.restart, true],
    [kinds.done, work !== null && !(answersOwed && answersCarry === 'never')],
    [kinds.doneUncarried, answersOwed && answersCarry !== 'always'],
    [kinds.fail, work !== null],
    [kinds.failHalf, creates],
    [kinds.hang, work !== null],
    [kinds.timer, timer],
  ];
  return [...others, ...candidates].reduce((sum, [kind, holds]) => (holds ? sum | (1 << kind) : sum), 0);
}
