/** Runs scenarios against negotiators and judges what became of the call. Nothing here hangs: every run has a bound. */
import { type End, ends } from '../ends.ts';
import { agreement } from '../virtual/agreement.ts';
import { toLines } from '../world.ts';
import type { NegotiatorDriver } from './driver.ts';
import { catchStrayRejections } from './stray-rejections.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { settling } from './settling.ts';
import { type Stage, createStage } from './stage.ts';

export type Verdict =
  | 'passes'
  /** Nothing moves any more, and an end is not stable. */
  | 'deadlocks'
  /** Offers go on for ever. */
  | 'livelocks'
  /** Both ends are stable, but something was never agreed. */
  | 'loses a change'
  /** The negotiator gave up, or its error reached nobody. */
  | 'kills the call'
  /** The scenario itself threw, never came to an end, or asked for an engine that there is not. */
  | 'misbehaves';

export interface GauntletResult {
  readonly negotiator: string;
  readonly scenario: string;
  readonly verdict: Verdict;
  /** A few words, such as `left stays have-local-offer`. */
  readonly reason: string;
  /** The same for whoever sees nothing else: of a failure, with the scenario, the virtual time and the last events. */
  readonly because: string;
  /** Virtual time at the end of the run, in ms. */
  readonly atMs: number;
  /** How many of the interleavings tried ended like this. */
  readonly seen: number;
  readonly tried: number;
  /** The seed of the shortest run with this verdict, its number of events, and its events as lines (the middle of a long one is left out). */
  readonly seed: number;
  readonly length: number;
  readonly trace: readonly string[];
}

export interface GauntletOptions {
  readonly drivers: readonly NegotiatorDriver[];
  /** Default: all. */
  readonly scenarios?: readonly Scenario[];
  /** How many interleavings of each scenario to try, at least 1. Default 20. */
  readonly tries?: number;
}

/**
 * Each negotiator through each scenario. A cell says the worst that was found, with the shortest trace of it. What a scenario
 * or a driver throws is a verdict. Rejects only with a `RangeError`, for `tries`.
 */
export const runGauntlet = async ({
  drivers,
  scenarios: chosen = scenarios,
  tries = 20,
}: GauntletOptions): Promise<readonly GauntletResult[]> => {
  const results: GauntletResult[] = [];
  for (const driver of drivers) {
    for (const scenario of chosen) results.push(await runScenario(driver, scenario, tries));
  }
  return results;
};

/** From bad to worse. */
const severity: readonly Verdict[] = [
  'passes',
  'loses a change',
  'deadlocks',
  'livelocks',
  'kills the call',
  'misbehaves',
];

/** One negotiator through one scenario, as in `runGauntlet`. */
export const runScenario = async (
  driver: NegotiatorDriver,
  scenario: Scenario,
  tries = 20,
): Promise<GauntletResult> => {
  if (!Number.isInteger(tries) || tries < 1) {
    throw new RangeError(`tries is ${tries}, and must be a whole number from 1: what was not tried has no verdict.`);
  }
  const runs: Omit<GauntletResult, 'seen' | 'tried'>[] = [];
  for (let seed = 1; seed <= tries; seed += 1) runs.push(await runOnce(driver, scenario, seed));
  const worst = severity.findLast((verdict) => runs.some((run) => run.verdict === verdict));
  const alike = runs.filter(({ verdict }) => verdict === worst);
  const [shortest] = alike.toSorted((one, other) => one.length - other.length);
  return { ...(shortest as GauntletResult), seen: alike.length, tried: tries };
};

/** Steps after which a run that still goes on is cut off; an honest one needs a few hundred. */
const stepLimit = 2_500;
/** Virtual time after which what is not settled counts as stuck. */
const timeLimitMs = 10 * 60_000;

const runOnce = async (driver: NegotiatorDriver, scenario: Scenario, seed: number) => {
  const { roles = { left: 'polite', right: 'impolite' }, variants = { left: 'spec', right: 'spec' } } = scenario;
  const rejections = catchStrayRejections();
  let stage: Stage | null = null;
  const result = (verdict: Verdict, reason: string) => {
    const { events, atMs } = stage ? { events: stage.world.events, atMs: stage.world.clock.now() } : beforeAll;
    const last = toLines(events.slice(-3)).map((line) => line.trim());
    const context = `${scenario.name}, at ${atMs} ms: ${reason} (last: ${last.join('; ') || 'nothing'})`;
    const because = verdict === 'passes' ? reason : context;
    const [negotiator, length, trace] = [driver.name, events.length, toLines(events, 80)];
    return { negotiator, scenario: scenario.name, verdict, reason, because, atMs, seed, length, trace };
  };
  try {
    stage = createStage({ driver, seed, roles, variants });
    if (scenario.connected ?? true) await connect(stage);
    await settling(scenario.play(stage), stage.world);
    const quiet = await driveToEnd(stage);
    return result(...judge(stage, scenario, quiet, rejections.caught));
  } catch (error) {
    return result('misbehaves', String(error));
  } finally {
    rejections.stop();
  }
};

const beforeAll = { events: [], atMs: 0 } as const;

/** One exchange each way, undisturbed. */
const connect = async (stage: Stage): Promise<void> => {
  for (const end of ends) {
    stage.addTrack(end);
    await stage.until(() => isAgreed(stage) && !stage[end].pc.negotiationNeeded);
    await driveToEnd(stage);
  }
};

const driveToEnd = async ({ world }: Stage): Promise<boolean> => {
  for (let steps = 0; steps < stepLimit && world.clock.now() < timeLimitMs; steps += 1) {
    if ((await world.step()) === undefined) return true;
  }
  return false;
};

const isAgreed = ({ left, right }: Stage): boolean => agreement(left.pc, right.pc).agrees;

const judge = (
  stage: Stage,
  { mayFailLoudly = false, hopeless }: Scenario,
  quiet: boolean,
  stray: readonly string[],
): readonly [Verdict, string] => {
  const failures = [...stage.failures, ...stray.map((reason) => `nobody handles ${reason}`)];
  const [reason] = failures;
  if (reason !== undefined && !mayFailLoudly) return ['kills the call', reason];
  if (stage.failures.length > 0) return ['passes', `says so: ${stage.failures[0]}`];
  const unstable = ends.filter((end) => stage[end].pc.signalingState !== 'stable');
  const { differences } = agreement(stage.left.pc, stage.right.pc);
  const isSpinning = !quiet && stage.world.clock.now() < timeLimitMs;
  if (isSpinning) return ['livelocks', `${stage.offers} offers, and no end`];
  const [first] = unstable;
  if (first) return ['deadlocks', `${first} stays ${stage[first].pc.signalingState}`];
  if (hopeless === undefined && differences[0] !== undefined) return ['loses a change', differences[0]];
  const owing = ends.find((end) => end !== hopeless && stage[end].pc.negotiationNeeded);
  if (owing) return ['loses a change', `${owing} still needs negotiation, and nothing happens`];
  const deaf = ends.find((end) => lacksCandidates(stage, end));
  if (deaf && hopeless === undefined) return ['loses a change', `${deaf} lacks candidates of the other end`];
  return ['passes', quiet ? 'agrees' : 'agrees, and goes on trying what cannot be done'];
};

/** Whether an end never got a candidate of the description of the other end that holds now. */
const lacksCandidates = (stage: Stage, end: End): boolean => {
  const { pc } = stage[end];
  const ufrag = /^a=ice-ufrag:(\S+)/m.exec(pc.currentRemoteDescription?.sdp ?? '')?.[1];
  const had = pc.remoteCandidates.some((one) => one.usernameFragment === ufrag && one.candidate !== '');
  return ufrag !== undefined && !had;
};
