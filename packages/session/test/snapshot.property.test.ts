import { microtasksDone } from '@detente/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSession, record, replay } from '@detente/session';
import { createPair, type End, expectAgreed, rolePairs, timersOf } from './support/pair.ts';

type Move = 'change left' | 'change right' | 'deliver left' | 'deliver right' | 'restart' | 'wait';
const moves = fc.array(
  fc.constantFrom<Move>(
    'change left',
    'change right',
    'deliver left',
    'deliver right',
    'deliver left',
    'restart',
    'wait',
  ),
  { maxLength: 25 },
);

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const play = async (roles: (typeof rolePairs)[number], todo: readonly Move[], each: (ends: readonly End[]) => void) => {
  const pair = createPair(
    { role: roles[0], engine: { candidates: 1 } },
    { role: roles[1], engine: { candidates: 1, rollback: true } },
  );
  const recordings = { left: record(pair.left.session), right: record(pair.right.session) };
  for (const move of todo) {
    if (move === 'change left') pair.left.engine.change();
    if (move === 'change right') pair.right.engine.change();
    if (move === 'deliver left') pair.deliver('left');
    if (move === 'deliver right') pair.deliver('right');
    if (move === 'restart') pair.left.session.restartIce();
    if (move === 'wait') await pair.clock.advance(10_000);
    else await Promise.resolve();
    each([pair.left, pair.right]);
  }
  await pair.run();
  return { pair, recordings };
};

describe('a snapshot', () => {
  it('is JSON in every state, and tells the same when it is read again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...rolePairs), moves, async (roles, todo) => {
        await play(roles, todo, (ends) => {
          for (const { session } of ends) {
            const snapshot = session.snapshot();
            expect(JSON.stringify(throughJson(snapshot))).toBe(JSON.stringify(snapshot));
            expect(snapshot).toMatchObject({ v: 1, id: session.id });
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('that rests goes on in another session on the same engine, and all agree', async () => {
    const restored = new Set<string>();
    for (const roles of rolePairs) {
      for (let steps = 0; steps < 12; steps += 1) {
        const pair = createPair({ role: roles[0] }, { role: roles[1] });
        pair.left.engine.change();
        for (let step = 0; step < steps; step += 1) {
          await microtasksDone();
          pair.deliver(step % 2 ? 'left' : 'right');
        }
        await microtasksDone();
        const snapshot = throughJson(pair.left.session.snapshot());
        const { path } = snapshot.endpoint.machine;
        restored.add(path);
        // The first session is gone with its process; what it had sent may be lost with it.
        pair.left.sent.length = 0;
        const session = createSession(pair.left.engine, {
          role: roles[0],
          timers: timersOf(pair.clock),
          restore: snapshot,
          send: (frame) => void pair.left.sent.push(throughJson(frame)),
        });
        const left: End = { ...pair.left, session };
        session.resync();
        for (let moved = true; moved;) {
          await microtasksDone();
          const [up, down] = [left.sent.shift(), pair.right.sent.shift()];
          if (up) pair.right.session.receive(up);
          if (down) session.receive(down);
          moved = up !== undefined || down !== undefined;
        }
        expect(session.id).toBe('left');
        expectAgreed({ left, right: pair.right });
      }
    }
    expect([...restored].sort()).toEqual([
      'local-offer-pending.awaiting-answer',
      'pending-renegotiation.asking',
      'stable',
    ]);
  });

  it('that waited waits again', async () => {
    const pair = createPair({ role: 'requester' }, { role: 'arbiter' });
    pair.left.engine.change();
    await microtasksDone();
    const restore = throughJson(pair.left.session.snapshot());
    pair.left.session.close();
    const stalls: string[] = [];
    const session = createSession(pair.left.engine, {
      role: 'requester',
      timers: timersOf(pair.clock),
      restore,
      send: () => undefined,
    });
    session.on('stalled', ({ awaiting }) => stalls.push(awaiting));
    await pair.clock.advance(10_000);
    expect(stalls).toEqual(['grant']);
  });
});

describe('a recording', () => {
  it('is replayed step by step to the state in which the session was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...rolePairs), moves, async (roles, todo) => {
        const { pair, recordings } = await play(roles, todo, () => undefined);
        for (const where of ['left', 'right'] as const) {
          const replayed = replay(throughJson(recordings[where].recording()));
          const { endpoint } = pair[where].session.snapshot();
          expect(throughJson(replayed)).toEqual({ ok: true, endpoint: throughJson(endpoint) });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that was changed is found out at the step where it differs', async () => {
    const { recordings } = await play(rolePairs[1], ['change left', 'change right'], () => undefined);
    const recording = throughJson(recordings.left.recording());
    expect(replay(recording).ok).toBe(true);
    const at = recording.steps.findIndex(({ outputs }) => outputs.some(({ type }) => type === 'send'));
    const steps = recording.steps.map((step, index) => (index === at ? { ...step, outputs: [] } : step));
    expect(replay({ ...recording, steps })).toMatchObject({ ok: false, at, recorded: { outputs: [] } });
    const missing = recording.steps.filter((_, index) => index !== at);
    expect(replay({ ...recording, steps: missing })).toMatchObject({ ok: false, at });
  });

  it('tells when each step was, and from where to where', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    const recorder = record(pair.left.session);
    await pair.clock.advance(1_234);
    pair.left.engine.change();
    await pair.run();
    expect(recorder.recording().steps.map(({ atMs, input, from, to }) => [atMs, input.type, from, to])).toEqual([
      [1_234, 'change', 'stable', 'local-offer-pending.creating'],
      [1_234, 'done', 'local-offer-pending.creating', 'local-offer-pending.awaiting-answer'],
      [1_234, 'message', 'local-offer-pending.awaiting-answer', 'local-offer-pending.applying-answer'],
      [1_234, 'done', 'local-offer-pending.applying-answer', 'stable'],
    ]);
  });

  it('begins where the session is, and ends when it is stopped', async () => {
    const pair = createPair({ role: 'polite' }, { role: 'impolite' });
    pair.left.engine.change();
    await microtasksDone();
    const recorder = record(pair.left.session);
    await pair.run();
    recorder.stop();
    pair.left.engine.change();
    await pair.run();

    const recording = throughJson(recorder.recording());
    expect(recording.start.machine.path).toBe('local-offer-pending.awaiting-answer');
    expect(recording.steps.map(({ to }) => to)).toEqual(['local-offer-pending.applying-answer', 'stable']);
    expect(replay(recording).ok).toBe(true);
  });
});
