/** Ours and the peer in the same run, in turns, so that what else the machine does disturbs both alike. */
import { Bench } from 'tinybench';

/** Shape: `{ id: 'step', ours: 2.1e6, theirs: 4.3e4, unit: 'events/s', ratio: 48, peer: 'XState transition()' }`. */
export interface Figure {
  readonly id: string;
  readonly ours: number;
  readonly theirs: number;
  readonly unit: string;
  /** Ours through theirs; above 1 ours is faster. */
  readonly ratio: number;
  readonly peer: string;
}

export interface Contest {
  readonly id: string;
  readonly unit: string;
  readonly peer: string;
  /** How many of the unit one call does. */
  readonly perCall: number;
  readonly ours: () => unknown;
  readonly theirs: () => unknown;
}

const rounds = 5;

/** The median round of each. `timeMs` is for one side in one round. */
export const race = async ({ id, unit, peer, perCall, ...sides }: Contest, timeMs: number): Promise<Figure> => {
  const speeds = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const side of ['ours', 'theirs'] as const) {
      const bench = new Bench({ time: timeMs, iterations: 3, warmup: round === 0, throws: true });
      bench.add(side, async () => void (await sides[side]()));
      const [task] = await bench.run();
      if (task?.result.state !== 'completed') throw new Error(`${id}, ${side}: ${task?.result.state}`);
      speeds[side].push((1_000 / task.result.latency.p50) * perCall);
    }
  }
  const [ours, theirs] = [median(speeds.ours), median(speeds.theirs)];
  return { id, ours, theirs, unit, ratio: ours / theirs, peer };
};

const median = (numbers: readonly number[]): number => numbers.toSorted((one, other) => one - other)[rounds >> 1]!;
