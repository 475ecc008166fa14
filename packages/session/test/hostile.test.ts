/**
 * A session whose other side is an attacker: it knows the session's state, keeps the link happy where that lets its
 * messages in, and sends whatever may grow a buffer, wedge the machine or reach the engine at the wrong time.
 */
import { createEndpoint, isSettled, reachableStates, type Role, counterpart } from '@detente/core';
import { createVirtualClock, microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createEnd, type End, expectAgreed } from './support/pair.ts';

/**
 * What a session may hold, in characters of its snapshot: 4 million of messages ahead of their turn and one more, four
 * descriptions of a million each, 512 candidates of at most 12,400, and what it has to say itself.
 */
const boundInCharacters = 20_000_000;

const createRandom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

const long = 'x'.repeat(4_000);
const huge = 'x'.repeat(900_000);

const createAttacker = ({ session, sent }: End, role: Role, seed: number) => {
  const random = createRandom(seed);
  const pick = <T>(...choices: readonly T[]): T => choices[random(choices.length)] as T;
  const sdp = () => `v=0\r\na=changes:0\r\na=ice-ufrag:evil${random(3)}\r\n${random(50) ? '' : huge}`;

  const body = (): object => {
    const { registers } = session.snapshot().endpoint;
    const newest = registers.remote.newest;
    const offer = pick(newest, newest + 1, newest, 1);
    const candidate = {
      candidate: pick('c1', long, ''),
      sdpMid: pick<string | null>('0', long, null),
      usernameFragment: pick<string | null>('evil0', 'evil1', long, null),
    };
    const ours = pick(registers.offers, registers.offers, registers.offers + 1, 1) || 1;
    return pick<() => object>(
      () => ({ kind: 'candidate', offer: pick(offer || 1, newest + 1, newest + random(1_000) + 1), candidate }),
      () => ({ kind: 'candidate', answer: ours, candidate }),
      () => ({ kind: 'offer', id: offer || 1, insists: pick(true, false), description: { type: 'offer', sdp: sdp() } }),
      () => ({ kind: 'answer', offer: ours, wants: pick(true, false), description: { type: 'answer', sdp: sdp() } }),
      () => ({ kind: 'request', request: registers.remote.request + 1, needs: { audio: random(64), video: 1 } }),
      () => ({ kind: 'grant', request: registers.requests || 1 }),
      () => ({ kind: 'decline', offer: ours, reason: pick('busy', 'refused', 'taken') }),
      () => ({ kind: pick('release', 'hello', 'sync', 'nonsense') }),
    )();
  };

  const frame = (): unknown => {
    const { received, acked, unacked } = session.snapshot().wire?.link ?? { received: 0, acked: 0, unacked: [] };
    const head = { v: 1, from: 'left', to: 'right', role, ack: acked + unacked.length };
    return pick<() => unknown>(
      () => pick<unknown>(null, 7, 'text', [], {}, { v: 2 }, { ...head, seq: -1 }, { ...head, from: '' }),
      () => ({ ...head, kind: 'offer', seq: received + 1, id: pick<unknown>(0, -1, 1.5, 2 ** 53, '1', {}) }),
      () => ({ ...head, ...body(), seq: pick(0, 1, received, received + 400, 2 ** 52) }),
      () => ({ ...head, ...body(), seq: received + 2 + random(250) }),
      () => ({
        ...head,
        kind: 'offer',
        seq: received + 2 + random(250),
        id: 1,
        description: { type: 'offer', sdp: huge },
      }),
      () => ({ ...head, from: pick('left', `other ${random(100)}`), to: pick('right', 'else'), ...body(), seq: 1 }),
      () => ({ ...head, kind: 'sync', resync: true, ack: pick(acked, acked + unacked.length, 10_000) }),
      () =>
        JSON.parse(`{"v":1,"from":"left","role":"${role}","__proto__":{"seq":1},"constructor":1,"kind":"toString"}`),
      // The rest is what is let in.
      ...Array.from({ length: 8 }, () => () => ({ ...head, ...body(), seq: received + 1 })),
    )();
  };

  return {
    strike() {
      session.receive(frame());
      sent.length = 0;
    },
    /** Fills every gap, so that nothing waits ahead of its turn. */
    fillGaps() {
      for (;;) {
        const { early, received } = session.snapshot().wire?.link ?? { early: [], received: 0 };
        if (early.length === 0) return;
        session.receive({ v: 1, from: 'left', to: 'right', role, seq: received + 1, kind: 'release' });
        sent.length = 0;
      }
    },
  };
};

/** An honest side takes the attacker's place, and goes on with its numbers. */
const relieve = (victim: End, clock: ReturnType<typeof createVirtualClock>, role: Role): End => {
  const { endpoint, wire } = victim.session.snapshot();
  const { registers } = endpoint;
  const link = wire?.link;
  if (!link) throw new Error('the native wire has a link');
  const fresh = createEndpoint({ role, rollback: true });
  return createEnd('left', clock, {
    role,
    engine: { rollback: true },
    restore: {
      v: 1,
      id: 'left',
      endpoint: {
        ...fresh,
        registers: {
          ...fresh.registers,
          offers: registers.remote.newest,
          requests: registers.remote.request,
          remote: {
            ...fresh.registers.remote,
            newest: registers.local?.sent ? registers.local.id - 1 : registers.offers,
          },
        },
      },
      wire: {
        peer: 'right',
        link: { ...link, acked: link.received, unacked: [], early: [], received: link.acked, told: link.acked },
      },
    },
  });
};

const cases = [
  ['impolite', 100_000],
  ['arbiter', 8_000],
  ['polite', 8_000],
  ['requester', 8_000],
  ['offerer', 8_000],
  ['answerer', 8_000],
] as const;

describe('a session that is attacked', () => {
  it.each(cases)(
    'as %s stays bounded and legal through %i messages, and negotiates afterwards',
    async (role, messages) => {
      const clock = createVirtualClock();
      const victim = createEnd('right', clock, { role, engine: { rollback: true, candidates: 1 } });
      const attacker = createAttacker(victim, counterpart[role], messages);
      const legal = new Set(reachableStates({ role, rollback: true }).map((state) => JSON.stringify(state)));
      const visited = new Map<string, string>();
      let most = 0;
      for (let count = 0; count < messages; count += 1) {
        attacker.strike();
        const { machine } = victim.session.snapshot().endpoint;
        visited.set(JSON.stringify(machine), machine.path);
        if (count % 10 === 0) await microtasksDone();
        if (count % 500 === 0) victim.engine.change();
        if (count % 2_000 === 0) await clock.advance(1_000);
        if (count % 4_000 === 3_999) most = Math.max(most, JSON.stringify(victim.session.snapshot()).length);
      }
      expect(victim.session.state).not.toBe('closed');
      expect(most).toBeLessThan(boundInCharacters);
      expect(most).toBeGreaterThan(3_000_000);
      expect([...visited.keys()].filter((state) => !legal.has(state))).toEqual([]);
      expect(new Set(visited.values()).size).toBeGreaterThan(2);
      // The attacker's candidates name what it wrote itself; whatever else the engine was asked must have been legal.
      expect(victim.engine.violations.filter((one) => !one.startsWith('addCandidate of'))).toEqual([]);

      attacker.fillGaps();
      await microtasksDone();
      const honest = relieve(victim, clock, counterpart[role]);
      honest.session.resync();
      honest.engine.change();
      victim.engine.change();
      for (let waits = 0; waits < 12; waits += 1) {
        for (let moved = true; moved;) {
          await microtasksDone();
          const [up, down] = [honest.sent.shift(), victim.sent.shift()];
          if (up) victim.session.receive(up);
          if (down) honest.session.receive(down);
          moved = up !== undefined || down !== undefined;
        }
        await clock.advance(10_000);
      }
      expect(isSettled(victim.session.snapshot().endpoint.machine)).toBe(true);
      expectAgreed({ left: honest, right: { ...victim, engine: { ...victim.engine, violations: [] } } });
    },
    180_000,
  );

  it('by one that never acknowledges anything ends loudly, and lets go of what it held', async () => {
    const victim = createEnd('right', createVirtualClock(), { role: 'arbiter' });
    for (let seq = 1; seq <= 1_000; seq += 1) {
      victim.session.receive({ v: 1, from: 'left', role: 'requester', seq, kind: 'request', request: seq });
    }
    expect(victim.errors).toEqual(['link-failed']);
    expect(victim.session.state).toBe('closed');
    expect(JSON.stringify(victim.session.snapshot()).length).toBeLessThan(5_000);
    await microtasksDone();
  });
});
