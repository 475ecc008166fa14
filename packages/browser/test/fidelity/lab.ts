/**
 * Plays sequences on an engine. Nothing waits for time to pass: what has to happen is awaited, and what must not happen
 * has not, once the engine is at rest.
 */
import { microtasksDone } from '@detente/testing';
import type { Engine, Lab, Pair, Sequence } from './sequence.ts';
import { exchange } from './steps.ts';

/** What each sequence noted, by its name. */
export type Observations = Readonly<Record<string, readonly string[]>>;

/** Ends a sequence that hangs where nobody expected it; never reached on an engine that is known. */
const hangMs = 10_000;

export const playAll = async (engine: Engine, sequences: readonly Sequence[]): Promise<Observations> => {
  const probe: Pair = { left: engine.createPc(), right: engine.createPc() };
  probe.left.createDataChannel('probe');
  await exchange(probe.left, probe.right);
  const observations: Record<string, readonly string[]> = {};
  for (const sequence of sequences)
    observations[sequence.name] = await play(engine, sequence, (settled) => rest(probe, settled));
  close(probe);
  return observations;
};

/**
 * An engine does its work in order, through the same threads for all connections of a page or process. So when another
 * connection that asks for an exchange now has had it three times over, and the task queue has turned after each, then
 * whatever was under way before has come to its end.
 */
const rest = async (probe: Pair, settled = () => false): Promise<void> => {
  for (let round = 0; round < 3 && !settled(); round += 1) {
    await exchange(probe.left, probe.right);
    await microtasksDone();
    await microtasksDone();
  }
};

type Rest = (settled?: () => boolean) => Promise<void>;

const play = async (engine: Engine, sequence: Sequence, quiet: Rest): Promise<readonly string[]> => {
  const lines: string[] = [];
  const pairs: Pair[] = [];
  const playing = (async () => sequence.play(createLab(engine, quiet, lines, pairs)))();
  const ended = playing.then(
    () => undefined,
    (error: unknown) => `ends with ${nameOf(error)}`,
  );
  const hung = deadline(hangMs);
  const mishap = await Promise.race([ended, hung.passed]);
  hung.cancel();
  const noted = mishap === undefined ? [...lines] : [...lines, mishap];
  pairs.forEach(close);
  return noted;
};

const createLab = (engine: Engine, quiet: Rest, lines: string[], pairs: Pair[]): Lab => {
  const names = new Map<RTCPeerConnection, string>();
  const note = (line: string) => void lines.push(line);
  const pair = (): Pair => {
    const made = { left: engine.createPc(), right: engine.createPc() };
    names.set(made.left, 'left').set(made.right, 'right');
    pairs.push(made);
    return made;
  };
  return {
    ...pair(),
    pair,
    createTrack: (kind) => engine.createTrack(kind),
    createStream: () => engine.createStream(),
    note,
    quiet: () => quiet(),
    async attempt(what, call, after = () => '') {
      const outcome = await outcomeOf(call);
      note(`${what}: ${outcome}${after()}`);
    },
    async fate(what, call, after = () => '') {
      let outcome = 'never settles';
      void outcomeOf(call).then((settled) => (outcome = settled));
      await quiet(() => outcome !== 'never settles');
      note(`${what}: ${outcome}${after()}`);
    },
    watch(pc, ...types) {
      for (const type of types) {
        pc.addEventListener(type, () => note(`${names.get(pc)} ${type} in ${pc.signalingState}`));
      }
    },
  };
};

const outcomeOf = async (call: () => unknown): Promise<string> => {
  try {
    await call();
    return 'resolves';
  } catch (error) {
    return nameOf(error);
  }
};

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : `a ${typeof error}`;

const deadline = (durationMs: number): { readonly passed: Promise<string>; cancel(): void } => {
  let cancel = () => {};
  const passed = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve('HANGS'), durationMs);
    cancel = () => clearTimeout(timer);
  });
  return { passed, cancel };
};

const close = ({ left, right }: Pair): void => {
  left.close();
  right.close();
};
