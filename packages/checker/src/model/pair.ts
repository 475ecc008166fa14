/**
 * Two sides and what is between them: the composed model. A state is four words: the node of each side, the two queues,
 * and what may still happen. Queues deliver exactly once and in order, as the link does. Engine operations take their
 * time: anything can happen before they end. Timers are slow: they fire when nothing else can happen, and sooner only
 * as a fault.
 */
import { counterpart, endpointStep, type ReportCode } from '@detente/core';
import type { Emit, Model, PackedState, Property } from '../engine/index.ts';
import { Automaton, type AutomatonMemory, empty, type Step } from './automaton.ts';
import { faultMask, packBudget, spend, stopped, troubled } from './budget.ts';
import { Costs } from './costs.ts';
import { describeMove, showState } from './describe.ts';
import { facts } from './facts.ts';
import { reserveInterner } from './interner.ts';
import { changesStop, type Kind, kinds } from './moves.ts';
import type { Side } from './names.ts';
import type { EndpointRules } from './node.ts';
import { fullBudget, mostCandidates, type PairParameters, requireSense } from './parameters.ts';
import { places } from './places.ts';
import { isDense } from './renumber.ts';

const mostQueues = 2 ** 16;
const timerBit = 1 << kinds.timer;
const followedBit = 1 << kinds.followedChange;

export interface PairOptions {
  readonly rules?: EndpointRules | undefined;
  /** To be shared by the models of several threads. */
  readonly memory?: AutomatonMemory | undefined;
  /** That of a model whose sides are the same, so that nothing is worked out twice. */
  readonly automaton?: Automaton | undefined;
}

export const reservePairMemory = (): AutomatonMemory => ({
  nodes: reserveInterner(),
  mails: reserveInterner(),
  queues: reserveInterner(),
});

/** The model, and what the exports and the recordings need of it. */
export class Pair implements Model {
  readonly words = places.length;
  readonly properties: readonly Property[];
  readonly parameters: PairParameters;
  readonly automaton: Automaton;
  readonly #leftCosts: Costs;
  readonly #rightCosts: Costs;
  readonly #longest: number;
  readonly #start: number;
  readonly #isFaultless: boolean;
  readonly #isEndless: boolean;
  /** Sessions that are over may hear of a new one on the other side, and are then begun anew. */
  readonly #mayBeginAnew: boolean;
  readonly #reported = new Set<ReportCode>();
  #isWatching = false;
  /** The state whose successors are emitted, and the successor. */
  #leftNode = 0;
  #rightNode = 0;
  #toLeft = 0;
  #toRight = 0;
  #budget = 0;
  #isQuiet = false;
  #emit: Emit = () => undefined;
  readonly #next = new Int32Array(places.length);

  /** Throws `ParameterError` when the parameters make no sense. */
  constructor(parameters: PairParameters, options: PairOptions, claim: (pair: Pair) => readonly Property[]) {
    requireSense(parameters);
    this.parameters = parameters;
    this.automaton = options.automaton ?? createAutomaton(parameters, options);
    const costsOf = (side: Side) =>
      new Costs(side, parameters.follow === side ? [kinds.change, kinds.followedChange] : [kinds.change]);
    this.#leftCosts = costsOf('left');
    this.#rightCosts = costsOf('right');
    this.#longest = parameters.queue ?? 8;
    this.#start = packBudget(fullBudget(parameters.budget));
    this.#isFaultless = (this.#start & faultMask) === 0;
    this.#isEndless = parameters.budget.leftChanges === 'endless' || parameters.budget.rightChanges === 'endless';
    this.#mayBeginAnew = (parameters.budget.restarts ?? 0) !== 0;
    this.properties = claim(this);
  }

  init(emit: (state: Int32Array) => void): void {
    const { automaton } = this;
    const [first, second] = [automaton.initial('left'), automaton.initial('right')];
    const [toRight, toLeft] = [first, second].map(({ batch }) => automaton.append(empty, batch));
    emit(Int32Array.of(first.node, second.node, (toRight! << 16) | toLeft!, this.#start));
  }

  next(state: PackedState, emit: Emit): void {
    const { automaton } = this;
    const queues = state[places.queues]!;
    this.#leftNode = state[places.left]!;
    this.#rightNode = state[places.right]!;
    this.#toLeft = queues & 0xffff;
    this.#toRight = queues >>> 16;
    this.#budget = state[places.budget]!;
    this.#emit = emit;
    const leftFacts = automaton.factsOf(this.#leftNode);
    const rightFacts = automaton.factsOf(this.#rightNode);
    if (((leftFacts | rightFacts) & facts.broken) !== 0 || this.overflows(state)) return;
    this.#isQuiet = queues === 0 && ((leftFacts | rightFacts) & facts.busy) === 0;
    this.#moveSide(true, leftFacts);
    this.#moveSide(false, rightFacts);
    if (this.#isEndless && (this.#budget & stopped) === 0) {
      this.#next.set([this.#leftNode, this.#rightNode, queues, this.#budget | stopped]);
      emit(changesStop, this.#next);
    }
  }

  mayRest(state: PackedState): boolean {
    const [one, other] = [state[places.left]!, state[places.right]!].map((node) => this.automaton.factsOf(node));
    const both = one! & other!;
    return (
      ((one! | other!) & facts.broken) !== 0 ||
      this.overflows(state) ||
      (both & facts.atRest) !== 0 ||
      (both & facts.closed) !== 0
    );
  }

  describe(move: number, state: PackedState): string {
    return describeMove(this.automaton, move, state);
  }

  show(state: PackedState): string {
    return showState(this.automaton, state);
  }

  /** Whether more messages are on their way than the bound allows. */
  overflows(state: PackedState): boolean {
    const queues = state[places.queues]!;
    if (queues === 0) return false;
    return (
      this.automaton.lengthOf(queues & 0xffff) > this.#longest || this.automaton.lengthOf(queues >>> 16) > this.#longest
    );
  }

  /** What is reported by the steps that are possible in a state. */
  reportsFrom(state: PackedState): ReadonlySet<ReportCode> {
    this.#reported.clear();
    this.#isWatching = true;
    this.next(state, () => undefined);
    this.#isWatching = false;
    return this.#reported;
  }

  #moveSide(isLeft: boolean, own: number): void {
    const { automaton } = this;
    const budget = this.#budget;
    const node = isLeft ? this.#leftNode : this.#rightNode;
    const inbox = isLeft ? this.#toLeft : this.#toRight;
    if (inbox !== empty)
      this.#settle(isLeft, kinds.receive, automaton.receive(node, inbox), automaton.rest(inbox), budget);
    const costs = isLeft ? this.#leftCosts : this.#rightCosts;
    let open = own & costs.affordable(budget);
    if (this.#isQuiet) open |= own & timerBit;
    if ((own & facts.followed) !== 0) open &= ~followedBit;
    for (; open !== 0; open &= open - 1) {
      const kind = (31 - Math.clz32(open & -open)) as Kind;
      const field = this.#isQuiet && kind === kinds.timer ? undefined : costs.fields[kind];
      const step = automaton.step(node, kind);
      this.#settle(isLeft, kind, step, inbox, field === undefined ? budget : spend(budget, field));
    }
  }

  /** Emits what a step leads to; `inbox` is what is left on its way to the side that took it. */
  #settle(isLeft: boolean, kind: Kind, step: Step, inbox: number, budget: number): void {
    const { automaton } = this;
    if (this.#isWatching) for (const code of step.reports) this.#reported.add(code);
    let node = step.node;
    let other = isLeft ? this.#rightNode : this.#leftNode;
    let outbox = isLeft ? this.#toRight : this.#toLeft;
    if (step.batch !== empty) outbox = automaton.append(outbox, step.batch);
    if (!this.#mayBeginAnew) {
      // Nobody takes in what is sent to a session that is over.
      if ((automaton.factsOf(node) & facts.closed) !== 0) inbox = empty;
      if ((automaton.factsOf(other) & facts.closed) !== 0) outbox = empty;
    }
    const ids =
      automaton.nodeIds(node) | automaton.nodeIds(other) | automaton.queueIds(inbox) | automaton.queueIds(outbox);
    if (!isDense(ids)) {
      const gaps = automaton.gapsOf(ids);
      node = automaton.renameNode(node, gaps);
      other = automaton.renameNode(other, gaps);
      inbox = automaton.renameQueue(inbox, gaps);
      outbox = automaton.renameQueue(outbox, gaps);
    }
    if ((inbox | outbox) >= mostQueues) throw new RangeError(`more than ${mostQueues} different queues`);
    const isTroubled = this.#isFaultless && (step.troubled || kind === kinds.timer);
    const next = this.#next;
    next[places.left] = isLeft ? node : other;
    next[places.right] = isLeft ? other : node;
    next[places.queues] = isLeft ? (outbox << 16) | inbox : (inbox << 16) | outbox;
    next[places.budget] = isTroubled ? budget | troubled : budget;
    this.#emit(isLeft ? kind : 16 + kind, next);
  }
}

function createAutomaton(parameters: PairParameters, options: PairOptions): Automaton {
  const { role, rollback, whileAsking, reduce = true, answersCarry = 'either', budget } = parameters;
  const candidates = (budget.candidates ?? 0) !== 0 || (budget.iceRestarts ?? 0) !== 0;
  const node = (side: Side) => ({
    side,
    role: side === 'left' ? role : counterpart[role],
    rollback: rollback[side],
    whileAsking,
    candidates,
    limits: { candidates: mostCandidates },
  });
  return new Automaton({
    nodes: { left: node('left'), right: node('right') },
    rules: options.rules ?? endpointStep,
    answersCarry,
    reduce,
    memory: options.memory,
  });
}
