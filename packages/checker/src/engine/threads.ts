/**
 * Worker threads: the only part of the engine that is tied to Node. Each thread constructs the model from its source; they
 * share their memory and take turns by two counters: this thread raises `round` to begin a phase, and each worker counts
 * itself in `done` at its end. The workers load this very module, so nothing has to be found on disk whether it runs
 * from sources, from a build, as an ES module or as CommonJS; what they do then stands at the end.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { checkWith, type CheckOptions } from './check.ts';
import { Column, reserve } from './column.ts';
import { CheckerError } from './errors.ts';
import { phases, reserveCrewMemory, type CrewMemory, type Phase } from './crew-memory.ts';
import { Member } from './member.ts';
import type { Model, ModelSource } from './model.ts';
import type { Report } from './report.ts';
import { Together } from './together.ts';
import { validate } from './validate.ts';

/** How to check with several threads. */
export interface ThreadOptions extends CheckOptions {
  /** Threads that explore, this one included; as many as there are processors unless given. */
  readonly threads?: number;
}

/**
 * Checks a model with several threads. The report is the same as that of `check`, whatever the number of threads.
 *
 * Throws `CheckerError` as `check` does, and with the code `worker-failed` if a worker cannot start or dies.
 */
export async function checkInThreads(source: ModelSource, options: ThreadOptions = {}): Promise<Report> {
  const threads = await startThreads(source, options.threads);
  try {
    return await threads.check(options);
  } finally {
    await threads.stop();
  }
}

/** Threads that check one model, as often as they are asked. */
export interface Threads {
  /** Once at a time. Throws as `checkInThreads` does; after an error the threads can only be stopped. */
  check(options?: CheckOptions): Promise<Report>;
  stop(): Promise<void>;
}

/** Starts threads that have the model, this one included; as many as there are processors unless told otherwise. */
export async function startThreads(source: ModelSource, threads = availableParallelism()): Promise<Threads> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new CheckerError('bad-limits', `threads must be a whole number above 0, not ${threads}`);
  }
  const model = await loadModel(source);
  const workers = Array.from({ length: threads - 1 }, (_, at) =>
    startWorker({ purpose, source, rank: at + 1, size: threads }),
  );
  const failure = firstFailure(workers);
  return {
    async check(options = {}) {
      validate(model, options);
      const memory = reserveCrewMemory(model, threads);
      const control = new Column(reserve(controlPlaces.length * 4, controlPlaces.length * 4)).view;
      const ready = Promise.all(workers.map((worker) => once(worker, 'message')));
      for (const worker of workers) worker.postMessage({ memory, control } satisfies Job);
      await Promise.race([ready, failure]);
      const first = new Member(model, memory, 0, threads);
      const perform = async (phase: Phase): Promise<void> => {
        begin(control, phases.indexOf(phase));
        first.perform(phase);
        await finished(control, workers.length, failure);
      };
      try {
        return await checkWith(new Together(first, memory, perform), options);
      } finally {
        begin(control, jobDone);
      }
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Loads a model from its source. */
async function loadModel({ module, factory = 'createModel', parameters }: ModelSource): Promise<Model> {
  const exports = (await import(/* @vite-ignore */ isCommonJs ? fileURLToPath(module) : module)) as Record<
    string,
    unknown
  >;
  const create = exports[factory];
  if (typeof create !== 'function') throw new CheckerError('bad-model', `${module} exports no function ${factory}`);
  return create(parameters) as Model;
}

/** URL of this module. `import.meta` has none in the CommonJS build, where `import` becomes `require` and takes paths. */
const isCommonJs = import.meta.url === undefined;
const here = isCommonJs ? pathToFileURL(__filename).href : import.meta.url;

const purpose = 'explicit-state exploration';
const controlPlaces = { round: 0, done: 1, phase: 2, failed: 3, length: 4 } as const;

/** Instead of a phase: there is nothing more to do for this check. */
const jobDone = -1;

interface Assignment {
  readonly purpose: typeof purpose;
  readonly source: ModelSource;
  readonly rank: number;
  readonly size: number;
}

/** One check. */
interface Job {
  readonly memory: CrewMemory;
  readonly control: Int32Array;
}

function startWorker(assignment: Assignment): Worker {
  if (!here.endsWith('.ts')) return new Worker(new URL(here), { workerData: assignment });
  // Node 20 cannot load TypeScript, and a worker does not inherit the loader of the thread that starts it.
  const execArgv = ['--conditions=@detente/source'];
  return new Worker(new URL('./threads.source.mjs', here), { workerData: assignment, execArgv });
}

function begin(control: Int32Array, phase: number): void {
  control[controlPlaces.phase] = phase;
  Atomics.store(control, controlPlaces.done, 0);
  Atomics.add(control, controlPlaces.round, 1);
  Atomics.notify(control, controlPlaces.round);
}

/** About half a millisecond. */
const mostLooks = 200_000;

/** Looks for a while whether a counter has moved on from `value`: most phases are shorter than a thread takes to wake up. */
function hasMovedSoon(control: Int32Array, place: number, value: number): boolean {
  for (let looks = 0; looks < mostLooks; looks++) if (Atomics.load(control, place) !== value) return true;
  return false;
}

/** Waits until all workers are done, and from time to time for events, without which no failure would be heard of. */
async function finished(control: Int32Array, workers: number, failure: Promise<never>): Promise<void> {
  for (let done = 0; done < workers; done = Atomics.load(control, controlPlaces.done)) {
    if (hasMovedSoon(control, controlPlaces.done, done)) continue;
    const outcome = Atomics.wait(control, controlPlaces.done, done, 500);
    if (outcome === 'timed-out') await Promise.race([new Promise((resolve) => setImmediate(resolve)), failure]);
  }
  if (control[controlPlaces.failed] === 1) await failure;
}

function firstFailure(workers: readonly Worker[]): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    const fail = (cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      reject(new CheckerError('worker-failed', `a worker thread failed: ${reason}`, { cause }));
    };
    for (const worker of workers) {
      worker.once('error', fail);
      worker.once('exit', (code) => fail(`it ended with code ${code}`));
    }
  });
  failure.catch(() => undefined);
  return failure;
}

const once = (worker: Worker, event: string): Promise<unknown> => new Promise((resolve) => worker.once(event, resolve));

async function work({ source, rank, size }: Assignment): Promise<void> {
  const model = await loadModel(source);
  parentPort!.on('message', ({ memory, control }: Job) => {
    const member = new Member(model, memory, rank, size);
    parentPort!.postMessage('ready');
    takePart(member, control);
  });
}

/** Performs phase after phase, until the check is done. */
function takePart(member: Member, control: Int32Array): void {
  for (let round = 0; ; round++) {
    if (!hasMovedSoon(control, controlPlaces.round, round)) Atomics.wait(control, controlPlaces.round, round);
    const phase = control[controlPlaces.phase]!;
    if (phase === jobDone) return;
    try {
      member.perform(phases[phase]!);
    } catch (error) {
      control[controlPlaces.failed] = 1;
      throw error;
    } finally {
      Atomics.add(control, controlPlaces.done, 1);
      Atomics.notify(control, controlPlaces.done);
    }
  }
}

const isAssignment = (data: unknown): data is Assignment =>
  typeof data === 'object' && data !== null && 'purpose' in data && data.purpose === purpose;

// A rejection is left unhandled on purpose: it ends the worker, and the thread that started it hears of it.
if (!isMainThread && isAssignment(workerData)) void work(workerData);
