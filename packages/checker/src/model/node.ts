/**
 * A node: one endpoint, exactly as it ships, with an engine below it and a timer. Whatever happens to it is fed to
 * `endpointStep`, what that asks for is performed on the engine, and each safety property that one side alone can break
 * is judged on the way. A broken node does nothing any more, so that a counterexample ends where it shows.
 */
import {
  createEndpoint,
  endpointStep,
  type Candidate,
  type Endpoint,
  type EndpointOptions,
  type Input,
  type Message,
  type Output,
  type ReportCode,
} from '@detente/core';
import { invariants, type InvariantId, type Observations } from '@detente/testing/invariants';
import { afterReport, begin, createEngine, fail, finish, remoteUfrags, type Engine, type Wish } from './engine.ts';
import { reasonToIgnore } from './ignored-input.ts';
import { baseIn, nameIn, type Side } from './names.ts';
import { stableText } from './stable-text.ts';

export interface Node {
  readonly side: Side;
  readonly endpoint: Endpoint;
  readonly engine: Engine;
  readonly timer: boolean;
  /** Candidates that wait until the engine is idle. */
  readonly adding: readonly Candidate[];
  /** Counts the sessions of this side. */
  readonly session: number;
  readonly broken: InvariantId | null;
}

/** The rules under test: what ships, or a mutant of it. */
export type EndpointRules = typeof endpointStep;

export interface NodeOptions extends EndpointOptions {
  readonly side: Side;
  readonly candidates: boolean;
  readonly session: number;
}

export const createNode = ({ side, candidates, session, ...options }: NodeOptions): Node => ({
  side,
  endpoint: createEndpoint(options),
  engine: createEngine(candidates),
  timer: false,
  adding: [],
  session,
  broken: null,
});

/** What can happen to a node. */
export type Happening =
  | { readonly type: 'input'; readonly input: Input }
  /** A change, at best followed by a property. */
  | { readonly type: 'change'; readonly wish: Wish }
  /** The operation in flight does what it should. */
  | { readonly type: 'done'; readonly carried: boolean }
  /** The operation in flight fails: it changes nothing, or does its work and loses the description that it made. */
  | { readonly type: 'failed'; readonly half: boolean };

export interface Turn {
  readonly node: Node;
  readonly input: Input;
  readonly outputs: readonly Output[];
  readonly sent: readonly Message[];
  readonly reports: readonly ReportCode[];
}

export function feed(before: Node, happening: Happening, rules: EndpointRules = endpointStep): Turn {
  const { node, input, left } = enter(before, happening);
  const observe = <Id extends InvariantId>(id: Id, seen: Observations[Id]): InvariantId | null =>
    invariants[id].holds(seen) ? null : id;
  let moved: ReturnType<EndpointRules>;
  try {
    moved = rules(node.endpoint, input);
  } catch {
    const broken = observe('S6', { threw: true, handled: false, reason: null });
    return { node: { ...node, broken }, input, outputs: [], sent: [], reports: [] };
  }
  const [endpoint, outputs] = moved;
  const handled = outputs.length > 0 || whatCounts(endpoint) !== whatCounts(node.endpoint);
  const reason = handled ? null : reasonToIgnore(node.endpoint, input);
  const broken = observe('S6', { threw: false, handled, reason });
  const start = {
    ...node,
    endpoint,
    engine: settleWishes(node.engine, left, outputs, input),
    broken: node.broken ?? broken,
  };
  return {
    node: addCandidates(outputs.reduce(perform, start)),
    input,
    outputs,
    sent: outputs.flatMap((output) => (output.type === 'send' ? [output.message] : [])),
    reports: outputs.flatMap((output) => (output.type === 'report' ? [output.code] : [])),
  };
}

/** To have taken note of the newest message is not to have handled it. */
const whatCounts = ({ machine, registers }: Endpoint): string => {
  const { newest: _newest, latest: _latest, request: _request, needs: _needs, ...remote } = registers.remote;
  return stableText([machine, { ...registers, remote }]);
};

/** What the engine does before the endpoint hears of it; `left` is what a failed operation would have carried. */
function enter(node: Node, happening: Happening): { node: Node; input: Input; left: Wish } {
  const { engine, endpoint, side } = node;
  switch (happening.type) {
    case 'input':
      return {
        node: happening.input.type === 'timer' ? { ...node, timer: false } : node,
        input: happening.input,
        left: 0,
      };
    case 'change': {
      const fresh = engine.fresh > happening.wish ? engine.fresh : happening.wish;
      return { node: { ...node, engine: { ...engine, fresh } }, input: { type: 'change', certain: false }, left: 0 };
    }
    case 'done': {
      const crossing = crosses(engine);
      const { engine: done, made } = finish(engine, happening.carried, side, endpoint.registers.offers);
      const description = made === null ? {} : { description: { type: typeOf(engine), sdp: made } };
      const needed = done.signaling === 'stable' && done.fresh > 0;
      return {
        node: addCandidates({ ...node, engine: done, broken: crossing ? 'S2' : null }),
        input: { type: 'done', needed, ...description },
        left: 0,
      };
    }
    case 'failed': {
      const left = engine.work!.carries;
      const after = happening.half ? finish(engine, false, side, endpoint.registers.offers).engine : fail(engine, 0);
      return {
        node: addCandidates({ ...node, engine: after }),
        input: { type: 'failed', state: after.signaling },
        left: happening.half ? 0 : left,
      };
    }
  }
}

const typeOf = ({ work }: Engine): 'offer' | 'answer' => (work!.operation === 'createOffer' ? 'offer' : 'answer');

/** An offer is accepted although its maker has accepted one of ours that it had not seen when it made its own. */
function crosses({ work, pending, agreed }: Engine): boolean {
  if (work!.operation !== 'createAnswer' || agreed === null || pending === null) return false;
  const ours = { offer: nameIn(agreed)!, base: baseIn(agreed) };
  const theirs = { offer: nameIn(pending)!, base: baseIn(pending) };
  const isOurs = ours.offer.split(':')[0] !== theirs.offer.split(':')[0];
  return isOurs && !invariants.S2.holds({ left: theirs, right: ours });
}

/** A reported failure covers what was tried, and what was tried before if nothing is tried any more. */
function settleWishes(engine: Engine, left: Wish, outputs: readonly Output[], input: Input): Engine {
  const gaveUp = outputs.some((output) => output.type === 'report' && output.code === 'change-failed');
  if (!gaveUp) return { ...engine, fresh: engine.fresh > left ? engine.fresh : left };
  const kept = input.type === 'failed' ? engine.fresh : afterReport(engine.fresh);
  const given = afterReport(left);
  return { ...engine, fresh: kept > given ? kept : given, offered: afterReport(engine.offered) };
}

function perform(node: Node, output: Output): Node {
  switch (output.type) {
    case 'perform':
      return operate(node, output);
    case 'add-candidate':
      return { ...node, adding: [...node.adding, output.candidate] };
    case 'start-timer':
      return { ...node, timer: true };
    case 'stop-timer':
      return { ...node, timer: false };
    case 'send':
    case 'report':
      return node;
  }
}

function operate(node: Node, output: Extract<Output, { type: 'perform' }>): Node {
  const { engine, side, endpoint } = node;
  const { operation, description, iceRestart = false } = output;
  const text = description?.sdp ?? null;
  const pending = engine.pending && nameIn(engine.pending);
  const { role, rollback, whileAsking } = endpoint.machine.context;
  const verdicts: readonly (readonly [InvariantId, boolean])[] = [
    ['S1', invariants.S1.holds({ operation, signalingState: engine.signaling, busy: engine.work !== null })],
    ['S3', operation !== 'applyAnswer' || invariants.S3.holds({ answers: text && nameIn(text), pending })],
    // Whether there were faults is known where both sides are seen.
    [
      'S7',
      operation !== 'rollback' ||
        invariants.S7.holds({ canRollBack: rollback, role, declinesWhileAsking: whileAsking === 'decline', faults: 1 }),
    ],
  ];
  const broken = node.broken ?? verdicts.find(([, holds]) => !holds)?.[0] ?? null;
  if (broken !== null) return { ...node, broken };
  return { ...node, engine: begin(engine, { operation, text, iceRestart }, side, endpoint.registers.offers) };
}

/** A candidate waits for the operation in flight, and goes before the next; by then it may be too late. */
function addCandidates(node: Node): Node {
  if (node.adding.length === 0 || node.engine.work !== null) return node;
  const descriptions = remoteUfrags(node.engine);
  const sound = node.adding.every(({ usernameFragment }) =>
    invariants.S4.holds({ candidateOf: usernameFragment ?? '', descriptions }),
  );
  return { ...node, adding: [], broken: node.broken ?? (sound ? null : 'S4') };
}
