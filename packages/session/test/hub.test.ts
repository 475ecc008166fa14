import { createVirtualClock, microtasksDone } from '@detente/testing';
import { describe, expect, it } from 'vitest';
import { createHub, type NegotiationSession } from '@detente/session';
import { createFakeEngine, type FakeEngine } from './support/fake-engine.ts';
import { createEnd, type End, expectAgreed, timersOf } from './support/pair.ts';

interface Client extends End {
  readonly server: { readonly session: NegotiationSession; readonly engine: FakeEngine };
}

const start = (names: readonly string[], concurrentOffers?: number) => {
  const clock = createVirtualClock();
  const toClients = new Map<string, unknown[]>();
  const hub = createHub<FakeEngine>({
    send: (id, frame) => toClients.get(id)?.push(JSON.parse(JSON.stringify(frame))),
    toPort: (engine) => engine,
    concurrentOffers,
    timers: timersOf(clock),
  });
  const join = (name: string): Client => {
    const engine = createFakeEngine({ name: `server of ${name}` });
    toClients.set(name, []);
    const session = hub.add(name, engine, { id: `server of ${name}` });
    return { ...createEnd(name, createVirtualClock(), { role: 'requester' }), server: { session, engine } };
  };
  const clients = new Map(names.map((name) => [name, join(name)]));
  const run = async () => {
    for (let moved = true; moved;) {
      await microtasksDone();
      moved = false;
      for (const [name, { session, sent }] of clients) {
        const up = sent.shift();
        const down = toClients.get(name)?.shift();
        if (up) hub.receive(name, up);
        if (down) session.receive(down);
        moved ||= up !== undefined || down !== undefined;
      }
    }
  };
  const agree = ({ server, ...end }: Client) => expectAgreed({ left: end, right: { ...end, ...server } });
  return { clock, hub, clients, join, run, agree };
};

describe('the hub', () => {
  it('announces a change of one to all others, as one exchange each', async () => {
    const { hub, clients, run, agree } = start(['ann', 'ben', 'cem']);
    for (const [name, { server }] of clients) if (name !== 'ben') server.engine.change();
    hub.announce('ben');
    hub.announce('ben');
    await run();
    for (const client of clients.values()) agree(client);
    const exchanged = [...clients].filter(([, { engine }]) => engine.agreed !== null).map(([name]) => name);
    expect(exchanged).toEqual(['ann', 'cem']);
    expect(clients.get('ann')?.server.engine.calls).toEqual(['createOffer', 'applyAnswer']);
  });

  it('makes no more offers at once than it may, and all in the end', async () => {
    const names = Array.from({ length: 20 }, (_, number) => `client ${number}`);
    const { hub, clients, run, agree } = start(names, 3);
    let most = 0;
    for (const { server } of clients.values()) {
      server.engine.plan('createOffer', 'manual');
      server.engine.change();
    }
    hub.announce();
    await run();
    expect(hub.stats()).toMatchObject({ sessions: 20, offersBeingCreated: 3, offersWaiting: 17 });
    while (hub.stats().offersBeingCreated > 0) {
      const working = [...clients.values()].filter(({ server }) => server.engine.isBusy);
      most = Math.max(most, working.length);
      working[0]?.server.engine.finish();
      await run();
    }
    expect(most).toBe(3);
    for (const client of clients.values()) agree(client);
    expect(hub.stats().states).toEqual({
      stable: 20,
      'local-offer-pending': 0,
      'remote-offer-pending': 0,
      'pending-renegotiation': 0,
      closed: 0,
    });
  });

  it('gives the turn of a session that is removed to the next', async () => {
    const { hub, clients, run, agree } = start(['ann', 'ben', 'cem'], 1);
    clients.get('ann')?.server.engine.plan('createOffer', 'hang');
    for (const { server } of clients.values()) server.engine.change();
    hub.announce();
    await run();
    hub.remove('ben');
    hub.remove('ann');
    await run();
    agree(clients.get('cem') as Client);
    expect(hub.stats()).toMatchObject({ sessions: 1, offersBeingCreated: 0, offersWaiting: 0 });
  });

  it('adds candidates while a session waits for its turn to offer', async () => {
    const { hub, clients, run } = start(['ann', 'ben'], 1);
    const [ann, ben] = [...clients.values()] as [Client, Client];
    ben.engine.change();
    await run();
    ann.server.engine.plan('createOffer', 'hang');
    ann.server.engine.change();
    hub.announce('ben');
    await run();
    hub.announce('ann');
    await run();
    ben.engine.gather('c1');
    await run();
    expect(ben.server.engine.calls.at(-1)).toBe('addCandidate c1');
    expect(hub.stats().offersWaiting).toBe(1);
  });

  it('costs one timer of the platform, however many sessions wait', async () => {
    const { clock, hub, clients, run } = start(Array.from({ length: 50 }, (_, number) => `client ${number}`));
    for (const { server } of clients.values()) server.engine.plan('createOffer', 'hang');
    hub.announce();
    await run();
    expect(clock.pending).toBe(1);
    for (const name of clients.keys()) hub.remove(name);
    expect(clock.pending).toBe(0);
  });

  it('forgets a session that ends by itself, and lets its client come again', async () => {
    const { hub, clients, join, run, agree } = start(['ann']);
    clients.get('ann')?.session.close();
    await run();
    expect([hub.stats().sessions, hub.session('ann')]).toEqual([0, undefined]);
    expect(hub.receive('ann', { v: 1 })).toBe(false);
    expect(hub.remove('ann')).toBe(false);
    const again = join('ann');
    clients.set('ann', again);
    again.engine.change();
    await run();
    agree(again);
  });

  it('refuses a second session for the same client', () => {
    const { hub } = start(['ann']);
    expect(() => hub.add('ann', createFakeEngine({ name: 'again' }))).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
    expect(hub.stats().sessions).toBe(1);
  });

  it.each([0, 1.5, Number.NaN, -1])('refuses %d concurrent offers', (concurrentOffers) => {
    expect(() => start([], concurrentOffers)).toThrow("The option 'concurrentOffers' must be a whole number");
  });

  it('can announce from within a listener of a session that ends', async () => {
    const { hub, clients, run, agree } = start(['ann', 'ben']);
    const [ann, ben] = [...clients.values()] as [Client, Client];
    ann.server.session.on('error', () => {
      ben.server.engine.change();
      hub.announce();
    });
    ann.server.engine.closeFromOutside();
    await run();
    agree(ben);
    expect(ben.server.engine.changes).toBe(1);
  });
});
