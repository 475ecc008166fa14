/** All scenarios by name, each from JSON to JSON, so that they run in a page as they do in Node. */
import { browserEngine } from './browser-engine.ts';
import { call } from './call.ts';
import { conformance } from './conformance.ts';
import { fault } from './faults.ts';
import { glare, lateGlare } from './glare.ts';
import { mishap } from './mishaps.ts';
import { rounds } from './rounds.ts';
import { storm } from './storm.ts';

export const scenarios = { call, conformance, fault, glare, lateGlare, mishap, rounds, storm };

export type Scenarios = typeof scenarios;
export type ScenarioName = keyof Scenarios;

/** For a page. */
export const playHere = (name: ScenarioName, options: never): Promise<unknown> =>
  scenarios[name](browserEngine, options);
