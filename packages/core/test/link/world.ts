// Two links and the frames between them as one plain value, with the moves that a signaling channel and an application
// can make. Messages are numbers that say which one they are, so that a wrong delivery is seen at once.
import { createLink, linkStep } from '../../src/link/index.ts';
import type { LinkEffect, LinkEvent, LinkFrame, LinkOptions, LinkState } from '../../src/link/index.ts';

export type Side = 'left' | 'right';
export const sides: readonly Side[] = ['left', 'right'];
export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

export interface Endpoint {
  readonly link: LinkState<number>;
  readonly sent: number;
  readonly delivered: number;
  readonly timer: number | null;
  /** Frames on their way to this side, oldest first. */
  readonly inbound: readonly LinkFrame<number>[];
}

export interface World {
  readonly left: Endpoint;
  readonly right: Endpoint;
  readonly connected: boolean;
  readonly broken: string | null;
}

export type LinkStep = typeof linkStep<number>;

/** What a world runs on: the step function (or a mutant of it) and the number of messages that can be told apart. */
export interface Rules {
  readonly step: LinkStep;
  readonly modulo: number;
}

export const soundRules: Rules = { step: linkStep, modulo: Infinity };

export function createWorld(options: LinkOptions, rightOptions = options): World {
  const endpoint = (own: LinkOptions): Endpoint => {
    return { link: createLink(own), sent: 0, delivered: 0, timer: null, inbound: [] };
  };
  return { left: endpoint(options), right: endpoint(rightOptions), connected: true, broken: null };
}

export function act(world: World, side: Side, event: LinkEvent<number>, rules = soundRules): World {
  const [link, effects] = rules.step(world[side].link, event);
  return effects.reduce((next, effect) => perform(next, side, effect, rules), withEndpoint(world, side, { link }));
}

export function sendNext(world: World, side: Side, rules = soundRules): World {
  const { sent } = world[side];
  const next = withEndpoint(world, side, { sent: (sent + 1) % rules.modulo });
  return act(next, side, { type: 'send', message: sent }, rules);
}

/** One frame arrives; `keep` leaves a copy on the way. */
export function arrive(world: World, side: Side, index: number, keep: boolean, rules = soundRules): World {
  const frame = world[side].inbound[index];
  if (frame === undefined) return world;
  return act(keep ? world : lose(world, side, index), side, { type: 'receive', frame }, rules);
}

export function lose(world: World, side: Side, index: number): World {
  return withEndpoint(world, side, { inbound: world[side].inbound.filter((_, at) => at !== index) });
}

export function fire(world: World, side: Side, rules = soundRules): World {
  if (world[side].timer === null) return world;
  return act(withEndpoint(world, side, { timer: null }), side, { type: 'timer' }, rules);
}

/** The connection breaks: what is on the way is lost, and so is what is sent until `connect`. */
export function cut(world: World): World {
  return { ...withInbound(world, () => []), connected: false };
}

export const connect = (world: World): World => ({ ...world, connected: true });

/**
 * Faults are over: everything on the way arrives in order, timers fire when nothing else can happen, until nothing
 * can.
 */
export function settle(world: World, rules = soundRules): World {
  let next = world;
  for (let moves = 0; moves < 10_000; moves += 1) {
    const side = sides.find((one) => next[one].inbound.length > 0);
    const timed = sides.find((one) => next[one].timer !== null);
    if (side !== undefined) next = arrive(next, side, 0, false, rules);
    else if (timed !== undefined) next = fire(next, timed, rules);
    else return next;
  }
  return next;
}

function perform(world: World, side: Side, effect: LinkEffect<number>, rules: Rules): World {
  const endpoint = world[side];
  switch (effect.type) {
    case 'transmit': {
      const other = otherSide(side);
      if (!world.connected) return world;
      return withEndpoint(world, other, { inbound: [...world[other].inbound, effect.frame] });
    }
    case 'deliver': {
      const { delivered } = endpoint;
      const next = withEndpoint(world, side, { delivered: (delivered + 1) % rules.modulo });
      if (effect.message === delivered) return next;
      return { ...next, broken: `${side} is given message ${effect.message} in place of ${delivered}` };
    }
    case 'startTimer':
      return withEndpoint(world, side, { timer: effect.delayMs });
    case 'stopTimer':
      return withEndpoint(world, side, { timer: null });
    case 'fail':
      return world;
    case 'report':
      return { ...world, broken: `${side} reports ${effect.code}: ${effect.detail}` };
  }
}

export function withInbound(world: World, change: (side: Side) => readonly LinkFrame<number>[]): World {
  return withEndpoint(withEndpoint(world, 'left', { inbound: change('left') }), 'right', { inbound: change('right') });
}

function withEndpoint(world: World, side: Side, change: Partial<Endpoint>): World {
  return { ...world, [side]: { ...world[side], ...change } };
}
