import { describe, expect, it } from 'vitest';
import {
  type NegotiatorDriver,
  type Scenario,
  detenteNegotiators,
  negotiators,
  runScenario,
  scenarios,
  toGauntletMarkdown,
} from '@detente/testing';

const driverNamed = (name: string): NegotiatorDriver => {
  const driver = negotiators.find((one) => one.name === name);
  if (!driver) throw new Error(`there is no negotiator ${name}`);
  return driver;
};

const failing = async (name: string, tries: number) => {
  const driver = driverNamed(name);
  const failed: string[] = [];
  for (const scenario of scenarios) {
    const { verdict } = await runScenario(driver, scenario, tries);
    if (verdict !== 'passes') failed.push(scenario.name);
  }
  return failed;
};

describe('the gauntlet', () => {
  it.each(detenteNegotiators)('$name passes every scenario', async ({ name }) => {
    expect(await failing(name, 4)).toEqual([]);
  });

  it("détente on the W3C's wire fails where a message is lost, repeated or out of turn and nothing tells", async () => {
    expect(await failing("détente on the W3C's wire", 8)).toEqual([
      'stale answer',
      "the impolite end's offer is lost",
      "the polite end's offer is lost",
      'the answer is lost',
      'an answer is overtaken by an offer',
      'one end reloads',
      'both polite',
      'both impolite',
    ]);
  });

  it('the W3C example fails where it was measured to fail, and nowhere else', async () => {
    expect(await failing('W3C example', 8)).toEqual([
      'duplicate answer, then glare',
      'stale answer',
      "the impolite end's offer is lost",
      "the polite end's offer is lost",
      'the answer is lost',
      'an answer is overtaken by an offer',
      'candidates overtake their offer',
      'the signaling channel is cut',
      'one end reloads',
      'setLocalDescription fails once',
      'an operation never returns',
      'closed while an operation runs',
      'rollback is missing',
      'both polite',
      'both impolite',
    ]);
  });

  it('the original ask-first fails where nothing ends a turn, nobody remembers what waits, or a message is lost', async () => {
    expect(await failing('original ask-first', 8)).toEqual([
      'change while an offer is made',
      'server changes while the client negotiates',
      'stale answer',
      "the impolite end's offer is lost",
      "the polite end's offer is lost",
      'the answer is lost',
      'candidates overtake their offer',
      'the signaling channel is cut',
      'one end reloads',
      'the holder of the floor cannot offer',
      'an operation never returns',
      'closed while an operation runs',
      'both polite',
    ]);
  });

  it('naive negotiation survives neither glare nor a fault', async () => {
    expect(await failing('naive', 8)).toEqual([
      'glare at the start',
      'glare in a call',
      'glare, again and again',
      'offer while an offer is made',
      'server changes while the client negotiates',
      'client changes while the server negotiates',
      'ICE restart during an exchange',
      'duplicate answer, then glare',
      'stale answer',
      "the polite end's offer is lost",
      'the answer is lost',
      'an answer is overtaken by an offer',
      'candidates overtake their offer',
      'the signaling channel is cut',
      'setLocalDescription fails once',
      'the holder of the floor cannot offer',
      'a candidate cannot be added',
      'an operation never returns',
      'closed while an operation runs',
    ]);
  });
});

it('the page links the reports that are on GitHub', () => {
  expect(toGauntletMarkdown([], [named('offer while an answer is applied')])).toContain(
    'Seen in: nabto, pexip, [w3c/webrtc-pc#2566](https://github.com/w3c/webrtc-pc/issues/2566).',
  );
});

const named = (name: string): Scenario => {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`there is no scenario ${name}`);
  return scenario;
};

describe('what misbehaves in the gauntlet', () => {
  const idle: NegotiatorDriver = { name: 'idle', create: () => ({ receive: () => undefined }) };
  const quick = { ...named('glare at the start'), connected: false };

  it('a scenario that throws fails with its name, the virtual time and the last events', async () => {
    const scenario: Scenario = {
      ...quick,
      name: 'broken',
      async play(stage) {
        stage.addTrack('left');
        await stage.steps(1);
        throw new Error('oops');
      },
    };
    const { verdict, because } = await runScenario(idle, scenario, 1);
    expect(verdict).toBe('misbehaves');
    expect(because).toMatch(/^broken, at 0 ms: Error: oops \(last: .*left adds audio/);
  });

  it('a scenario that never settles fails with its name, the virtual time and the last events', async () => {
    const endless = (play: Scenario['play']): Scenario => ({ ...quick, name: 'endless', play });
    const waiting = endless(async (stage) => {
      stage.world.clock.setTimeout(() => undefined, 70);
      stage.addTrack('left');
      await stage.steps(2);
      await new Promise(() => undefined);
    });
    const busy = endless(async (stage) => {
      for (;;) await stage.steps(1);
    });
    const [one, other] = [await runScenario(idle, waiting, 1), await runScenario(idle, busy, 1)];
    expect([one.verdict, other.verdict]).toEqual(['misbehaves', 'misbehaves']);
    expect(one.because).toBe(
      'endless, at 70 ms: Error: the scenario waits for what never comes ' +
        '(last: 0 ms  left adds audio; 0 ms  left-1 negotiationneeded)',
    );
    expect(other.because).toMatch(/^endless, at 0 ms: Error: the scenario never comes to an end \(last: /);
  });

  it('a scenario on an engine that there is not fails with its name, and says which there are', async () => {
    const variants = { left: 'safari', right: 'spec' } as unknown as NonNullable<Scenario['variants']>;
    const { verdict, because } = await runScenario(idle, { ...quick, name: 'elsewhere', variants }, 1);
    expect(verdict).toBe('misbehaves');
    expect(because).toMatch(
      /^elsewhere, at 0 ms: RangeError: There is no engine 'safari'. There are: spec, .* \(last: nothing\)$/,
    );
  });

  it.each([0, -1, 1.5, NaN])('%j tries are refused', async (tries) => {
    await expect(runScenario(idle, quick, tries)).rejects.toThrow(
      `tries is ${tries}, and must be a whole number from 1`,
    );
  });

  it('a driver that throws, at once or later, kills the call and not the runner', async () => {
    const throwing: NegotiatorDriver = {
      name: 'throwing',
      create(pc, _role, send) {
        pc.onnegotiationneeded = () => send({ description: { type: 'offer' } });
        return {
          receive: () => {
            throw new Error('not today');
          },
        };
      },
    };
    const unhandled: NegotiatorDriver = {
      name: 'unhandled',
      create(pc) {
        pc.onnegotiationneeded = () => void Promise.reject(new Error('nobody listens'));
        return { receive: () => undefined };
      },
    };
    const [now, later] = [await runScenario(throwing, quick, 1), await runScenario(unhandled, quick, 1)];
    expect([now.verdict, now.reason]).toEqual(['kills the call', 'Error: not today']);
    expect([later.verdict, later.reason]).toEqual(['kills the call', 'nobody handles Error: nobody listens']);
  });

  it('a driver that never settles is cut off', async () => {
    const chatty: NegotiatorDriver = {
      name: 'chatty',
      create(pc, _role, send) {
        pc.onnegotiationneeded = () => send({ type: 'offer' });
        return { receive: (message) => send(message as object) };
      },
    };
    const waiting: NegotiatorDriver = {
      name: 'waiting',
      create(_pc, _role, _send, { timers }) {
        const again = () => void timers.set(1_000, again);
        again();
        return { receive: () => undefined };
      },
    };
    const [loop, wait] = [await runScenario(chatty, quick, 1), await runScenario(waiting, quick, 1)];
    expect([loop.verdict, wait.verdict]).toEqual(['livelocks', 'loses a change']);
    expect(wait.atMs).toBe(600_000);
    expect(loop.because).toMatch(/^glare at the start, at 0 ms: \d+ offers, and no end \(last: .*left → right offer/);
    expect(wait.because).toMatch(/^glare at the start, at 600000 ms: .+ \(last: .*right-1 negotiationneeded\)$/);
  });
});
