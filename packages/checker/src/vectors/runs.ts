/**
 * Runs of whole endpoints, ids, candidates and descriptions included, found by coverage: from every state of the machine,
 * by the shortest way there, each input is tried, and a run goes on for as long as something happens that no run has
 * shown yet. Walks at random, from a seed, add what nobody thought of.
 */
import {
  classify,
  createEndpoint,
  type Endpoint,
  endpointStep,
  eventName,
  type Input,
  type MachineOptions,
  type MachineState,
  type NegotiationEvent,
  step,
} from '@detente/core';
import { inputsFor, type LabelledInput } from './inputs.ts';
import { effectName } from './rules.ts';
import type { Run, RunStep } from './types.ts';

/** Small, so that runs overflow it. */
export const runLimits = { candidates: 2 } as const;

export interface RunOptions {
  readonly seed: number;
  /** How many walks at random for each automaton. */
  readonly walks: number;
}

const stepsOfWalk = 40;
/** A run ends after so much news, since a long one is hard to read. */
const newsOfRun = 30;

/** Of the endpoints with these options, in their order. Deterministic. */
export const createRuns = (automata: readonly MachineOptions[], { seed, walks }: RunOptions): readonly Run[] => {
  const random = createRandom(seed);
  const shown = new Set<string>();
  return automata.flatMap((options, automaton) => {
    const start = createEndpoint({ ...options, limits: runLimits });
    const covering = shortestWays(start).flatMap((way) => [...newRuns(start, way, shown)]);
    const walked = Array.from({ length: walks }, () => walkAtRandom(start, random));
    return [...covering, ...walked].map((steps) => ({ automaton, steps }));
  });
};

/**
 * Breadth first, the inputs that lead to each state of the machine, and to each of its paths, after so many failures, with
 * either part in the last exchange. Who was `auto` is followed no further: it is a requester or an arbiter like any other.
 */
const shortestWays = (start: Endpoint): readonly (readonly Input[])[] => {
  const known = new Set<MachineState | string>();
  const ways: { readonly endpoint: Endpoint; readonly way: readonly Input[] }[] = [];
  const arrive = (endpoint: Endpoint, way: readonly Input[]) => {
    const { machine, registers } = endpoint;
    const place = [machine.path, machine.context.failures, registers.exchange?.part].join();
    if (known.has(machine) && known.has(place)) return;
    known.add(machine).add(place);
    ways.push({ endpoint, way });
  };
  arrive(start, []);
  for (const { endpoint, way } of ways) {
    if (endpoint.machine.context.role !== start.machine.context.role) continue;
    for (const { input } of inputsFor(endpoint)) arrive(endpointStep(endpoint, input)[0], [...way, input]);
  }
  return ways.map(({ way }) => way);
};

/** Runs that go this way and then show something new at every step. */
function* newRuns(start: Endpoint, way: readonly Input[], shown: Set<string>): Generator<readonly RunStep[]> {
  const [arrived, before] = follow(start, way);
  for (;;) {
    const steps = [...before];
    let news = findNews(arrived, 0, shown);
    if (!news) return;
    for (; news && steps.length < before.length + newsOfRun; news = findNews(news.next, news.index + 1, shown)) {
      shown.add(news.key);
      steps.push(news.taken);
    }
    yield steps;
  }
}

/** Looks from `index` on, and around. What leaves the session open comes first, so that a run is as long as it can be. */
const findNews = (endpoint: Endpoint, index: number, shown: ReadonlySet<string>) => {
  const inputs = inputsFor(endpoint);
  const order = inputs.map((_, offset) => (index + offset) % inputs.length);
  let last;
  for (const index of order) {
    const { label, input } = inputs[index]!;
    const [next, taken] = take(endpoint, input);
    const key = keyOf(endpoint.machine, label, classify(endpoint, input).event, taken);
    if (shown.has(key)) continue;
    last = { index, key, taken, next };
    if (taken.path !== 'closed') return last;
  }
  return last;
};

/** What a step shows: its occasion and outcome, but for flags and ids. */
const keyOf = (
  before: MachineState,
  label: string,
  event: NegotiationEvent | null,
  { path, outputs }: RunStep,
): string => {
  const { role, rollback, whileAsking } = before.context;
  const effects = event ? step(before, event)[1].map(effectName) : [];
  return [
    role,
    rollback,
    whileAsking,
    before.path,
    label,
    event && eventName(event),
    path,
    effects,
    outputs.length,
  ].join();
};

const walkAtRandom = (start: Endpoint, random: (below: number) => number): readonly RunStep[] => {
  const steps: RunStep[] = [];
  for (let endpoint = start; steps.length < stepsOfWalk && endpoint.machine.path !== 'closed';) {
    const inputs = inputsFor(endpoint).filter(({ ends }) => !ends);
    const { input } = inputs[random(inputs.length)] as LabelledInput;
    const [next, taken] = take(endpoint, input);
    steps.push(taken);
    endpoint = next;
  }
  return steps;
};

const follow = (start: Endpoint, inputs: readonly Input[]): readonly [Endpoint, readonly RunStep[]] => {
  let endpoint = start;
  const steps = inputs.map((input) => {
    const [next, taken] = take(endpoint, input);
    endpoint = next;
    return taken;
  });
  return [endpoint, steps];
};

const take = (endpoint: Endpoint, input: Input): readonly [Endpoint, RunStep] => {
  const { event } = classify(endpoint, input);
  const [next, outputs] = endpointStep(endpoint, input);
  return [next, { input, event: event && eventName(event), path: next.machine.path, outputs }];
};

/** Numbers from 0 to below `below`, the same for the same seed. Multiplicative congruential, modulus 2^31 - 1. */
const createRandom = (seed: number): ((below: number) => number) => {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};
