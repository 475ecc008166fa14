/** What a scenario is: a story that happened to people, and how to make it happen. */
import type { End } from '../ends.ts';
import type { EngineName, EngineVariant } from '../virtual/variants.ts';
import type { GauntletRole } from './driver.ts';
import type { Stage } from './stage.ts';

export interface Scenario {
  readonly name: string;
  /** What happens, for a reader. */
  readonly story: string;
  /** Where it hurt people: public reports, as `owner/repository#12` where they are on GitHub, and measurements. */
  readonly reports: readonly string[];
  /** Default: left is polite (in ask-first designs the client), right impolite (the server). */
  readonly roles?: Readonly<Record<End, GauntletRole>>;
  /** Default: `spec` at both ends. */
  readonly variants?: Readonly<Record<End, EngineName | EngineVariant>>;
  /** A loud failure is as good as agreement, since nothing can save this call but the application. */
  readonly mayFailLoudly?: boolean;
  /** The end whose changes cannot be carried; only the other's are expected. */
  readonly hopeless?: End;
  /** Both ends have an exchange behind them when it begins. Default `true`. */
  readonly connected?: boolean;
  /**
   * Sets the trouble in motion; what follows is driven to its end by the runner. It waits by the stage and its world alone:
   * whoever waits for anything else, while nothing there moves, is cut off.
   */
  readonly play: (stage: Stage) => Promise<void>;
}
