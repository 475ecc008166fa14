/**
 * Ids grow for ever, but the rules only compare them: whether two are equal, and which one is greater. So the ids of
 * each kind that are still mentioned anywhere in a state may be replaced by their ranks. Behaviour stays the same, and
 * runs without end have finitely many states. The ids in use are kept as bits of one word: eight bits for each kind.
 */
import type { CandidateOf, Endpoint, Message, Registers } from '@detente/core';
import type { Engine } from './engine.ts';
import { otherSide, type Side } from './names.ts';
import type { Node } from './node.ts';

/** Bits of the ids in use: bit `i - 1` of a byte for id `i`, one byte for each kind. */
export type IdSet = number;

const kinds = ['left offers', 'right offers', 'left requests', 'right requests'] as const;
const offersOf = (side: Side): number => (side === 'left' ? 0 : 1);
const requestsOf = (side: Side): number => (side === 'left' ? 2 : 3);
const mostIds = 8;

type Rename = (kind: number, id: number) => number;

/** Whether the ids of each kind are 1, 2, 3… without a gap: no bit is missing below one that is set. */
export const isDense = (ids: IdSet): boolean => ((ids >>> 1) & ~ids & 0x7f7f7f7f) === 0;

/** Replaces ids by their ranks among those in use. */
export const toRanks =
  (ids: IdSet): Rename =>
  (kind, id) => {
    if (id === 0) return 0;
    const upToIt = (ids >>> (8 * kind)) & 0xff & ((1 << id) - 1);
    return bitCount(upToIt);
  };

const bitCount = (bits: number): number => {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** The ids that something mentions: found by renaming it, and watching. */
export function idsIn(rename: (watch: Rename) => unknown): IdSet {
  let ids = 0;
  rename((kind, id) => {
    if (id > mostIds) throw new RangeError(`more than ${mostIds} ${kinds[kind]!} are in use at once`);
    if (id > 0) ids |= 1 << (8 * kind + id - 1);
    return id;
  });
  return ids;
}

/** `sender` is the side that sends it. */
export function renameMessage<M extends Message>(message: M, sender: Side, rename: Rename): M {
  return renameAny(message, sender, rename) as M;
}

function renameAny(message: Message, sender: Side, rename: Rename): Message {
  const own = (id: number) => rename(offersOf(sender), id);
  const theirs = (id: number) => rename(offersOf(otherSide(sender)), id);
  const ownRequest = (id: number) => rename(requestsOf(sender), id);
  switch (message.kind) {
    case 'offer':
      return { ...message, id: own(message.id), description: renameText(message.description, rename) };
    case 'answer':
      return {
        ...message,
        offer: theirs(message.offer),
        description: renameText(message.description, rename),
        ...(message.request === undefined ? {} : { request: ownRequest(message.request) }),
      };
    case 'candidate': {
      const candidate = renameText(message.candidate, rename);
      return 'offer' in message
        ? { ...message, candidate, offer: own(message.offer) }
        : { ...message, candidate, answer: theirs(message.answer) };
    }
    case 'request':
      return { ...message, request: ownRequest(message.request) };
    case 'grant':
      return { ...message, request: rename(requestsOf(otherSide(sender)), message.request) };
    case 'decline':
      return {
        ...message,
        offer: theirs(message.offer),
        ...(message.request === undefined ? {} : { request: ownRequest(message.request) }),
      };
    case 'hello':
    case 'release':
    case 'bye':
      return message;
  }
}

export const renameNode = (node: Node, rename: Rename): Node => ({
  ...node,
  endpoint: renameEndpoint(node.endpoint, node.side, rename),
  engine: renameText<Engine>(node.engine, rename),
  adding: renameText(node.adding, rename),
});

function renameEndpoint(endpoint: Endpoint, side: Side, rename: Rename): Endpoint {
  const { registers } = endpoint;
  const { remote } = registers;
  const own = (id: number) => rename(offersOf(side), id);
  const theirs = (id: number) => rename(offersOf(otherSide(side)), id);
  const renamed: Registers = {
    ...registers,
    offers: own(registers.offers),
    local: registers.local && { ...registers.local, id: own(registers.local.id) },
    requests: rename(requestsOf(side), registers.requests),
    remote: {
      ...remote,
      newest: theirs(remote.newest),
      held: remote.held && { ...remote.held, id: theirs(remote.held.id) },
      applying: remote.applying && { ...remote.applying, id: theirs(remote.applying.id) },
      declined: theirs(remote.declined),
      latest: remote.latest && { ...remote.latest, ...renamePart(remote.latest, otherSide(side), rename) },
      request: rename(requestsOf(otherSide(side)), remote.request),
    },
    exchange: registers.exchange && { ...registers.exchange, ...renamePart(registers.exchange, side, rename) },
    trail: registers.trail && { ...registers.trail, message: renameMessage(registers.trail.message, side, rename) },
    remoteCandidates: registers.remoteCandidates.map((held) => ({
      ...held,
      of: renamePart(held.of, otherSide(side), rename),
    })),
  };
  // The messages in the trail have been renamed as a whole.
  const { trail, ...rest } = renamed;
  return { ...endpoint, registers: { ...renameText(rest, rename), trail: trail && renameTrail(trail, rename) } };
}

const renameTrail = (trail: NonNullable<Registers['trail']>, rename: Rename) => ({
  ...trail,
  candidates: renameText(trail.candidates, rename),
});

/** `maker` gathered the candidate or made the description: of its own offer, or as an answer to one of the other side. */
const renamePart = ({ part, id }: CandidateOf, maker: Side, rename: Rename): CandidateOf => ({
  part,
  id: rename(offersOf(part === 'offer' ? maker : otherSide(maker)), id),
});

/** Renames offers wherever a text mentions one. */
function renameText<T>(value: T, rename: Rename): T {
  if (typeof value === 'string') {
    return value.replace(
      /(left|right):(\d+)/g,
      (_, side: Side, id: string) => `${side}:${rename(offersOf(side), Number(id))}`,
    ) as T;
  }
  if (Array.isArray(value)) return value.map((item) => renameText<unknown>(item, rename)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renameText<unknown>(item, rename)])) as T;
}
