import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  allEvents,
  allMachineOptions,
  createEndpoint,
  endpointStep,
  eventName,
  reportCodes,
  whyIgnored,
} from '@detente/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPin, pinnedAt, toText } from '../../scripts/pin.ts';
import {
  type Automaton,
  createVectorFiles,
  createVectors,
  type Vectors,
  vectorsSchema,
} from '../../src/vectors/index.ts';

const files = createVectorFiles();
const vectors = JSON.parse(files[0]!.text) as Vectors;
const few = () => createVectors({ roles: ['answerer'], walks: 1 });

describe('the schema', () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, strictTuples: false }).compile(vectorsSchema);

  it('describes the vectors', () => {
    validate(vectors);
    expect(validate.errors).toBeNull();
  });

  it.each<[string, (broken: Vectors) => void]>([
    ['an unknown field', (broken) => Object.assign(broken.runs[0]!.steps[0]!, { note: 'odd' })],
    ['a missing field', (broken) => Reflect.deleteProperty(broken.automata[0]!.states[0]!.context, 'held')],
    ['an unknown path', (broken) => Object.assign(broken.runs[0]!.steps[0]!, { path: 'stable.idle' })],
    ['an input of another shape', (broken) => Object.assign(broken.runs[0]!.steps[0]!, { input: { type: 'done' } })],
    ['another version', (broken) => Object.assign(broken, { version: 2 })],
  ])('refuses %s', (_, breakIt) => {
    const broken = JSON.parse(JSON.stringify(few())) as Vectors;
    expect(validate(broken)).toBe(true);
    breakIt(broken);
    expect(validate(broken)).toBe(false);
  });
});

describe('the automata', () => {
  it('are those of all sets of options, with a cell for every state and event', () => {
    expect(vectors.automata.map(({ options }) => options)).toEqual(allMachineOptions);
    for (const state of vectors.automata.flatMap(({ states }) => states)) {
      expect(Object.keys(state.on)).toEqual(allEvents.map(eventName));
    }
  });

  it('give the reason for which an event is ignored', () => {
    const { states } = vectors.automata[0]!;
    for (const event of allEvents) {
      const cell = states[0]!.on[eventName(event)]!;
      expect(typeof cell === 'number' ? vectors.ignored[cell] : undefined).toBe(whyIgnored(states[0]!, event));
    }
  });

  it('name only events and effects that the vocabulary explains', () => {
    const cells = vectors.automata.flatMap(({ states }) => states.flatMap(({ on }) => Object.values(on)));
    const named = new Set(cells.flatMap((cell) => (typeof cell === 'number' ? [] : cell.slice(1))));
    expect([...named].sort()).toEqual(Object.keys(vectors.effects).sort());
    expect(vectors.events).toEqual(Object.fromEntries(allEvents.map((event) => [eventName(event), event])));
  });
});

/** Who does what where: a step of a table without its flags. Manners make a difference to requesters only. */
const transition = ({ states }: Automaton, from: number, event: string): string | undefined => {
  const { path, context, on } = states[from]!;
  const cell = on[event]!;
  if (typeof cell === 'number') return undefined;
  const [to, ...effects] = cell;
  const manners = ['requester', 'auto'].includes(context.role) && context.whileAsking;
  return [context.role, context.rollback, manners, path, event, states[to]!.path, ...effects].join();
};

describe('the runs', () => {
  it('are what endpoints do', () => {
    for (const { automaton, steps } of vectors.runs) {
      let endpoint = createEndpoint({ ...vectors.automata[automaton]!.options, limits: vectors.limits });
      for (const { input, path, outputs } of steps) {
        const [next, made] = endpointStep(endpoint, input);
        expect({ path: next.machine.path, outputs: JSON.stringify(made) }).toEqual({
          path,
          outputs: JSON.stringify(outputs),
        });
        endpoint = next;
      }
    }
  });

  it('take every transition of every role that the ids of an endpoint let happen', () => {
    const all = new Set<string | undefined>();
    for (const automaton of vectors.automata) {
      automaton.states.forEach(({ on }, from) =>
        Object.keys(on).forEach((event) => all.add(transition(automaton, from, event))),
      );
    }
    all.delete(undefined);
    for (const { automaton: number, steps } of vectors.runs) {
      const automaton = vectors.automata[number]!;
      let at = 0;
      for (const { event } of steps) {
        if (event === null) continue;
        all.delete(transition(automaton, at, event));
        const cell = automaton.states[at]!.on[event]!;
        if (typeof cell !== 'number') at = cell[0];
      }
    }
    // What answers, declines or grants nothing that is out is never `current`.
    const left = [...all].filter((line) => !/,remote\.\w+ current.*,report stale-\w+$/.test(line!));
    expect(left).toEqual([]);
  });

  it('show every kind of report that an endpoint makes', () => {
    const reports = new Set(
      vectors.runs.flatMap(({ steps }) =>
        steps.flatMap(({ outputs }) => outputs.flatMap((output) => (output.type === 'report' ? [output.code] : []))),
      ),
    );
    expect(reportCodes.filter((code) => !reports.has(code))).toEqual([]);
  });
});

describe('createVectors', () => {
  it('makes the vectors that are pinned: run `pin-vectors` when the statechart or the endpoint changes', () => {
    expect(toText(createPin(files))).toBe(readFileSync(pinnedAt, 'utf8'));
  });

  it('keeps to the roles that it is given, and walks differently from another seed', () => {
    const { automata, runs } = few();
    expect(new Set(automata.map(({ options }) => options.role))).toEqual(new Set(['answerer']));
    expect(runs).not.toEqual(createVectors({ roles: ['answerer'], walks: 1, seed: 2 }).runs);
  });
});

describe('docs/porting.md', () => {
  const page = readFileSync(new URL('../../../../docs/porting.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/`(\.[^`]+)`[^`]*```json\n([^`]*)```/g)].map(
    ([, at, text]) => [at!, text!] as const,
  );

  it('has examples', () => expect(examples.length).toBeGreaterThan(5));

  it.each(examples)('shows %s as it is', (at, text) => {
    const keys = [...at.matchAll(/\.(\w+)|\[(\d+)\]|\["([^"]+)"\]/g)].map(
      ([, field, index, key]) => field ?? index ?? key!,
    );
    const found = keys.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], vectors);
    expect(found).toEqual(JSON.parse(text));
  });
});

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) process.stderr.write('\nSKIPPED: the port in Python is not checked here, since there is no python3.\n\n');

describe.skipIf(!python && process.env['DETENTE_REQUIRE_ENGINES'] !== '1')('the port in Python', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'detente-vectors-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (text: string) => {
    const file = join(folder, 'vectors.json');
    writeFileSync(file, text);
    return spawnSync('python3', [fileURLToPath(new URL('../../ports/check.py', import.meta.url)), file], {
      encoding: 'utf8',
    });
  };

  it('agrees with every cell of the tables and every step of the runs', () => {
    const { cells, steps } = createPin(files);
    expect(check(files[0]!.text)).toMatchObject({ status: 0, stdout: `${cells} cells and ${steps} steps agree\n` });
  });

  it.each<[string, (broken: Vectors) => void]>([
    ['a guard', ({ rules }) => Object.assign(rules.guards, { isAnswerer: [] })],
    ['a flag', ({ rules }) => Object.assign(rules.flags['owe']![0]!, { sets: {} })],
    [
      'the order of effects',
      ({ rules }) => (rules.states['remote-offer-pending.answering'].entry as string[]).push('sendBye'),
    ],
    ['a cell', ({ automata }) => Object.assign(automata[0]!.states[0]!.on, { 'app.change': [0] })],
    ['a path of a run', ({ runs }) => Object.assign(runs[0]!.steps.at(-1)!, { path: 'stable', event: null })],
    [
      'outputs of a run',
      ({ runs }) => (runs[0]!.steps[0]!.outputs as unknown[]).push({ type: 'report', code: 'stalled' }),
    ],
  ])('notices that %s is not right', (_, breakIt) => {
    const broken = JSON.parse(JSON.stringify(few())) as Vectors;
    breakIt(broken);
    expect(check(JSON.stringify(broken)).status).toBe(1);
  });
});
