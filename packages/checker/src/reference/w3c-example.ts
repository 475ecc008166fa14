/**
 * The W3C's example of perfect negotiation, taken literally, on engines as the specification describes them, over a
 * signaling channel that may lose or copy a message. The example assumes one that does neither. Spec:
 * w3c.github.io/webrtc-pc/#perfect-negotiation-example
 */
import type { StatePath } from '@detente/core';
import { otherSide, type Side, sides } from '../model/names.ts';
import type { ObjectModel, ObjectStep, Sight } from './object-model.ts';

export interface ExampleParameters {
  readonly changes: Readonly<Record<Side, number>>;
  readonly losses: number;
  readonly copies: number;
}

interface Description {
  readonly type: 'offer' | 'answer';
  /** The offer that it is or answers, as `left 2`. */
  readonly offer: string;
}

/** What stands in the engine's operations chain. */
type Work = { readonly type: 'set local' } | { readonly type: 'set remote'; readonly description: Description };

interface Peer {
  readonly signaling: 'stable' | 'have-local-offer' | 'have-remote-offer';
  readonly chain: readonly Work[];
  /** The offer that is pending, of either side. */
  readonly pending: string | null;
  readonly agreed: string | null;
  readonly offers: number;
  /** A change that nothing carries yet; one that the pending local offer carries. */
  readonly needed: boolean;
  readonly carried: boolean;
  /** The engine's own flag: the event has been fired and nothing has been agreed since. */
  readonly fired: boolean;
  readonly makingOffer: boolean;
  readonly isSettingRemoteAnswerPending: boolean;
}

interface World {
  readonly left: Peer;
  readonly right: Peer;
  readonly toLeft: readonly Description[];
  readonly toRight: readonly Description[];
  readonly changes: Readonly<Record<Side, number>>;
  readonly losses: number;
  readonly copies: number;
}

const fresh: Peer = {
  signaling: 'stable',
  chain: [],
  pending: null,
  agreed: null,
  offers: 0,
  needed: false,
  carried: false,
  fired: false,
  makingOffer: false,
  isSettingRemoteAnswerPending: false,
};

/** The left side is polite. */
export function w3cExample({ changes, losses, copies }: ExampleParameters): ObjectModel<World> {
  return {
    initial: { left: fresh, right: fresh, toLeft: [], toRight: [], changes, losses, copies },
    steps: (world) => sides.flatMap((side) => stepsOf(world, side)),
    isSettled: ({ left, right, toLeft, toRight }) =>
      toLeft.length + toRight.length === 0 &&
      left.agreed === right.agreed &&
      [left, right].every((peer) => peer.signaling === 'stable' && peer.chain.length === 0 && !peer.needed),
    isOver: (world) => world.changes.left + world.changes.right + world.losses + world.copies === 0,
    canonical: withRanks,
    paths: ({ left, right }) => ({ left: pathOf(left), right: pathOf(right) }),
    show: ({ left, right, toLeft, toRight }) =>
      [left, right].map(showPeer).join(' | ') + ` | ${toRight.length} → ← ${toLeft.length}`,
  };
}

/** Offers are only ever compared, so those that are still spoken of may be numbered by their rank. */
function withRanks(world: World): World {
  const mentioned = (side: Side) => {
    const found = [...JSON.stringify(world).matchAll(new RegExp(`${side} (\\d+)`, 'g'))].map(([, id]) => Number(id));
    return [...new Set([...found, ...(world[side].offers > 0 ? [world[side].offers] : [])])].sort(
      (one, other) => one - other,
    );
  };
  const ids = { left: mentioned('left'), right: mentioned('right') };
  const text = JSON.stringify(world).replace(
    /(left|right) (\d+)/g,
    (_, side: Side, id: string) => `${side} ${ids[side].indexOf(Number(id)) + 1}`,
  );
  const renamed = JSON.parse(text) as World;
  const ranked = (side: Side): Peer => ({ ...renamed[side], offers: ids[side].indexOf(world[side].offers) + 1 });
  return { ...renamed, left: ranked('left'), right: ranked('right') };
}

const pathOf = ({ signaling, chain }: Peer): StatePath => {
  const [work] = chain;
  switch (signaling) {
    case 'stable':
      if (work === undefined) return 'stable';
      return work.type === 'set local' ? 'local-offer-pending.creating' : 'remote-offer-pending.applying-offer';
    case 'have-local-offer':
      if (work?.type !== 'set remote') return 'local-offer-pending.awaiting-answer';
      return work.description.type === 'offer'
        ? 'remote-offer-pending.applying-offer'
        : 'local-offer-pending.applying-answer';
    case 'have-remote-offer':
      return 'remote-offer-pending.answering';
  }
};

const showPeer = ({ signaling, chain, needed, makingOffer, isSettingRemoteAnswerPending }: Peer): string =>
  [
    signaling,
    ...chain.map(({ type }) => type),
    ...(needed ? ['needed'] : []),
    ...(makingOffer ? ['makingOffer'] : []),
    ...(isSettingRemoteAnswerPending ? ['isSettingRemoteAnswerPending'] : []),
  ].join(' ');

const lineTo = (side: Side) => (side === 'left' ? 'toLeft' : 'toRight');

function stepsOf(world: World, side: Side): readonly ObjectStep<World>[] {
  const peer = world[side];
  const set = (next: Partial<Peer>, rest: Partial<World> = {}): World => ({
    ...world,
    ...rest,
    [side]: { ...peer, ...next },
  });
  const step = (label: string, to: World, ...sights: readonly Sight[]): ObjectStep<World> => ({
    label: `${side} ${label}`,
    to,
    on: side,
    sights,
  });
  const found: ObjectStep<World>[] = [];
  if (world.changes[side] > 0) {
    const changes = { ...world.changes, [side]: world.changes[side] - 1 };
    found.push(step('changes something', set({ needed: true }, { changes }), note('a change')));
  }
  if (peer.needed && !peer.fired && peer.signaling === 'stable' && peer.chain.length === 0) {
    const next = { fired: true, makingOffer: true, chain: [{ type: 'set local' } as const] };
    found.push(step('hears that negotiation is needed', set(next), { type: 'operation', operation: 'createOffer' }));
  }
  const [work, ...rest] = peer.chain;
  if (work?.type === 'set local') found.push(setLocal(world, side, rest, step));
  if (work?.type === 'set remote') found.push(setRemote(world, side, work.description, rest, step));
  const line = lineTo(side);
  const [description, ...later] = world[line];
  if (description) {
    found.push(receive(world, side, description, { [line]: later }, step));
    const name = messageName(description);
    if (world.copies > 0) {
      const copied = { [line]: [description, ...world[line]], copies: world.copies - 1 };
      found.push(step(`will get ${name} twice`, { ...world, ...copied }, { type: 'copy' }));
    }
    if (world.losses > 0) {
      const lost = { ...world, [line]: later, losses: world.losses - 1 };
      found.push(step(`never gets ${name}`, lost, { type: 'lose' }));
    }
  }
  return found;
}

type MakeStep = (label: string, to: World, ...sights: readonly Sight[]) => ObjectStep<World>;

const note = (text: string): Sight => ({ type: 'note', text, tone: 'plain' });
const messageName = ({ type, offer }: Description) => `${type} ${offer.split(' ')[1]}`;

/** `onmessage`, up to its first `await`. */
function receive(
  world: World,
  side: Side,
  description: Description,
  rest: Partial<World>,
  step: MakeStep,
): ObjectStep<World> {
  const peer = world[side];
  const polite = side === 'left';
  const isReady = !peer.makingOffer && (peer.signaling === 'stable' || peer.isSettingRemoteAnswerPending);
  const name = messageName(description);
  const arrives: Sight = { type: 'receive' };
  if (description.type === 'offer' && !isReady && !polite) {
    return step(`ignores ${name}`, { ...world, ...rest }, arrives, note('ignored'));
  }
  const next: Partial<Peer> = {
    isSettingRemoteAnswerPending: description.type === 'answer',
    chain: [...peer.chain, { type: 'set remote', description }],
  };
  const operation: Sight = {
    type: 'operation',
    operation: description.type === 'offer' ? 'applyOffer' : 'applyAnswer',
  };
  return step(`gets ${name}`, { ...world, ...rest, [side]: { ...peer, ...next } }, arrives, operation);
}

/** `setLocalDescription()` ends: it made an offer or an answer, by the state in which it began to run. */
function setLocal(world: World, side: Side, chain: readonly Work[], step: MakeStep): ObjectStep<World> {
  const peer = world[side];
  const line = lineTo(otherSide(side));
  const isAnswer = peer.signaling === 'have-remote-offer';
  const offers = isAnswer ? peer.offers : peer.offers + 1;
  const description: Description = {
    type: isAnswer ? 'answer' : 'offer',
    offer: isAnswer ? peer.pending! : `${side} ${offers}`,
  };
  const next: Peer = isAnswer
    ? { ...peer, chain, signaling: 'stable', pending: null, agreed: peer.pending, fired: false }
    : {
        ...peer,
        chain,
        offers,
        signaling: 'have-local-offer',
        pending: description.offer,
        makingOffer: false,
        carried: peer.carried || peer.needed,
        needed: false,
      };
  const name = messageName(description);
  return step(
    isAnswer ? 'sends its answer' : 'sends its offer',
    { ...world, [side]: { ...next, makingOffer: false }, [line]: [...world[line], description] },
    { type: 'operation-over', outcome: 'done' },
    { type: 'send', to: otherSide(side), kind: description.type, label: name },
  );
}

/** `setRemoteDescription()` ends; an offer rolls ours back as needed, an answer in any other state is an error. */
function setRemote(
  world: World,
  side: Side,
  { type, offer }: Description,
  chain: readonly Work[],
  step: MakeStep,
): ObjectStep<World> {
  const peer = world[side];
  if (type === 'offer') {
    const isRollback = peer.signaling === 'have-local-offer';
    const next: Peer = {
      ...peer,
      chain: [...chain, { type: 'set local' }],
      signaling: 'have-remote-offer',
      pending: offer,
      needed: peer.needed || peer.carried,
      carried: false,
      isSettingRemoteAnswerPending: false,
    };
    const sights: readonly Sight[] = [
      { type: 'operation-over', outcome: 'done' },
      { type: 'operation', operation: 'createAnswer' },
    ];
    return step(
      isRollback ? 'rolls back, and applies the offer' : 'applies the offer',
      { ...world, [side]: next },
      ...sights,
    );
  }
  if (peer.signaling !== 'have-local-offer') {
    // The example's catch does not reset the flag.
    const failed: readonly Sight[] = [
      { type: 'operation-over', outcome: 'failed' },
      { type: 'note', text: 'InvalidStateError', tone: 'trouble' },
    ];
    return step('cannot apply the answer', { ...world, [side]: { ...peer, chain } }, ...failed);
  }
  const next: Peer = {
    ...peer,
    chain,
    signaling: 'stable',
    agreed: peer.pending,
    pending: null,
    carried: false,
    fired: false,
    isSettingRemoteAnswerPending: false,
  };
  return step('applies the answer', { ...world, [side]: next }, { type: 'operation-over', outcome: 'done' });
}
