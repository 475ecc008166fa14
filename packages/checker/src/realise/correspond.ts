/**
 * Whether real sessions are where the model says. Everything that an endpoint knows is compared but the text of
 * descriptions and candidates, and what is only read from it.
 */
import type { Endpoint, Operation, ReportCode } from '@detente/core';
import { describeMessage } from '../model/describe.ts';
import { wishes } from '../model/engine.ts';
import { changesStop, kindOf, kinds, sideOf } from '../model/moves.ts';
import type { Node } from '../model/node.ts';
import { type Side, sides } from '../model/names.ts';
import type { Pair } from '../model/pair.ts';
import { places } from '../model/places.ts';
import { stableText } from '../model/stable-text.ts';
import type { PathState } from '../engine/index.ts';
import type { Stage } from './stage.ts';

/** The first difference, in words. */
export function differenceFrom(pair: Pair, { state }: PathState, stage: Stage): string | null {
  for (const side of sides) {
    const node = pair.automaton.nodes.valueOf(state[places[side]]!);
    const mail = pair.automaton.queues
      .valueOf(queueTo(side, state))
      .map((number) => describeMessage(pair.automaton.mails.valueOf(number).message));
    const found = seen(side, stage);
    const expected = predicted(node, mail);
    // What is on its way to a session that is over is taken in by nobody.
    if (found.machine.path === 'closed' && expected.machine.path === 'closed') continue;
    for (const key of Object.keys(expected) as (keyof Sighting)[]) {
      // A broken node has stopped half way.
      if (node.broken !== null && key !== 'machine') continue;
      const [one, other] = [stableText(expected[key]), stableText(found[key])];
      if (one !== other) return `${side} ${key}: the model says ${one}, the session ${other}`;
    }
  }
  return null;
}

const queueTo = (side: Side, state: PathState['state']): number =>
  side === 'left' ? state[places.queues]! & 0xffff : state[places.queues]! >>> 16;

/** What a move makes the side report that it is made on. */
export function reportsOf({ automaton }: Pair, { state }: PathState, move: number): readonly ReportCode[] {
  if (move === changesStop) return [];
  const side = sideOf(move);
  const node = state[places[side]]!;
  const kind = kindOf(move);
  return (kind === kinds.receive ? automaton.receive(node, queueTo(side, state)) : automaton.step(node, kind)).reports;
}

interface Sighting {
  readonly machine: Endpoint['machine'];
  readonly registers: unknown;
  readonly signaling: string;
  readonly work: Operation | null;
  readonly timer: boolean;
  /** Whether the engine wants to negotiate; `null` where that says nothing. */
  readonly needed: boolean | null;
  readonly mail: readonly string[];
}

function predicted({ endpoint, engine, timer }: Node, mail: readonly string[]): Sighting {
  const { signaling, work, fresh } = engine;
  return {
    ...textless(endpoint),
    signaling,
    work: work && work.operation,
    timer,
    needed: signaling === 'stable' && work === null ? fresh > wishes.none : null,
    mail,
  };
}

function seen(side: Side, stage: Stage): Sighting {
  const { session, engine } = stage.pair[side];
  const { signalingState: signaling } = engine.port;
  const { work } = engine;
  return {
    ...textless(session.snapshot().endpoint),
    signaling,
    work,
    timer: stage.waits(side),
    needed: signaling === 'stable' && work === null ? engine.port.negotiationNeeded() : null,
    mail: stage.mailTo(side),
  };
}

const textless = ({ machine, registers }: Endpoint) => ({
  machine: { path: machine.path, context: machine.context } as Endpoint['machine'],
  registers: JSON.parse(JSON.stringify(registers, withoutText)) as unknown,
});

const texts = new Set(['sdp', 'ufrags', 'remoteUfrags', 'mids', 'needs', 'candidate', 'sdpMid', 'usernameFragment']);

const withoutText = (key: string, value: unknown): unknown => {
  if (key === 'restarting') return value !== null;
  return texts.has(key) ? undefined : value;
};
