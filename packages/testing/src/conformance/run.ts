/** The suite that every adapter passes on its real engine, for any test runner, or for none. */
import { type ContractCase, contract } from './cases.ts';
import { type ConformanceSetup, onBench } from './setup.ts';

export interface ConformanceCase {
  /** A present-tense sentence. */
  readonly name: string;
  /** Rejects when the port does not keep the contract. Resolves with `'not applicable'` when the engine cannot do this at all. */
  run(): Promise<'passed' | 'not applicable'>;
}

/**
 * The cases for one adapter, each on fresh peer connections. A real engine works outside of promises, so it needs a `moment`
 * of time; a case that does not apply is better seen as skipped than as passed.
 *
 * ```ts
 * const moment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
 * const setup = { create: () => new RTCPeerConnection(), port, addTrack, close, moment };
 * for (const { name, run } of runAdapterConformance(setup)) {
 *   it(name, async ({ skip }) => (await run()) === 'not applicable' && skip());
 * }
 * ```
 */
export const runAdapterConformance = <Pc>(setup: ConformanceSetup<Pc>): readonly ConformanceCase[] =>
  contract.map(({ name, unless, play }: ContractCase) => ({
    name,
    async run() {
      let applies = true;
      await onBench(setup, async (bench) => {
        applies = !unless?.(bench as unknown as Parameters<typeof unless>[0]);
        if (applies) await play(bench);
      });
      return applies ? 'passed' : 'not applicable';
    },
  }));
