/**
 * The check itself: explores the model, links its states if claims about runs are made, and turns the verdicts into a
 * report.
 */
import { Alone, type Crew } from './crew.ts';
import { CheckerError } from './errors.ts';
import { needsGraph, occurringMoves } from './graph.ts';
import type { Model } from './model.ts';
import { walk } from './path.ts';
import type { Property } from './property.ts';
import type { PropertyReport, Report } from './report.ts';
import { estimateBytes, search, type Limits, type Progress } from './search.ts';
import { deadlockId, validate } from './validate.ts';
import { judge, judgeDeadlock, type Judgement } from './verdict.ts';

/** How to check. */
export interface CheckOptions extends Limits {
  /** Stops at the first `always` that is violated and at the first deadlock; otherwise everything is explored. */
  readonly stopAtFailure?: boolean;
  /**
   * Called after every 16,384 expanded states and before each claim about runs is judged. It is awaited, so that a page
   * can paint meanwhile; what it throws ends the check.
   */
  readonly onProgress?: (progress: Progress) => void | Promise<void>;
}

/** Checks a model in this thread. Throws `CheckerError` if the model is unsound or a limit makes no sense. */
export async function check(model: Model, options: CheckOptions = {}): Promise<Report> {
  validate(model, options);
  return checkWith(new Alone(model), options);
}

/** Checks the model of a crew. */
export async function checkWith(crew: Crew, options: CheckOptions): Promise<Report> {
  const { model, store } = crew;
  if (store.count === 0) throw new CheckerError('bad-model', 'the model emits no initial state');
  const start = Date.now();
  const seconds = () => (Date.now() - start) / 1000;
  const tell = async (doing: string, depth: number, unexpanded: number): Promise<void> => {
    const { transitions } = crew;
    await options.onProgress?.({
      doing,
      distinctStates: store.count,
      transitions,
      depth,
      unexpanded,
      seconds: seconds(),
    });
  };

  const searched = await search(crew, options, (depth, unexpanded) => tell('exploring', depth, unexpanded));
  const depth = searched.levelEnds.length - 1;
  const linked = searched.stop === undefined && needsGraph(model);
  if (linked) {
    await tell('linking', depth, 0);
    await crew.link();
  }

  const evidence = { crew, searched, moves: linked ? occurringMoves(crew.graph, crew.transitions) : [] };
  const properties = [toReport(crew, noDeadlock, judgeDeadlock(evidence))];
  for (const [number, property] of model.properties.entries()) {
    if (linked) await tell(property.id, depth, 0);
    properties.push(toReport(crew, property, judge(evidence, property, number)));
  }
  return {
    complete: searched.stop === undefined,
    ...(searched.stop && { stop: searched.stop }),
    distinctStates: store.count,
    transitions: crew.transitions,
    depth,
    seconds: seconds(),
    bytes: estimateBytes(model, store.count, crew.transitions, options),
    properties,
  };
}

const noDeadlock = {
  id: deadlockId,
  sentence: 'nothing comes to rest where the model may not rest',
  type: 'deadlock',
} as const;

function toReport(crew: Crew, property: Property | typeof noDeadlock, judgement: Judgement): PropertyReport {
  const { model, store } = crew;
  const { verdict, bound, counterexample, witness } = judgement;
  const { id, sentence, type } = property;
  const assuming = 'fairness' in property ? property.fairness?.map(({ strength, name }) => `${strength}: ${name}`) : [];
  return {
    id,
    sentence,
    type,
    holds: verdict === 'holds',
    verdict,
    ...(assuming !== undefined && assuming.length > 0 && { assuming }),
    ...(bound !== undefined && { bound }),
    ...(counterexample && { counterexample: walk(model, store, counterexample) }),
    ...(witness && { witness: walk(model, store, witness) }),
  };
}
