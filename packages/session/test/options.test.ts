import { describe, expect, it, vi } from 'vitest';
import { createSession, NegotiationError, type SessionOptions } from '@detente/session';
import { createFakeEngine } from './support/fake-engine.ts';
import { createPair } from './support/pair.ts';

const construct = (options: object, rollback = true) =>
  createSession(createFakeEngine({ name: 'left', rollback }), {
    role: 'polite',
    send: () => undefined,
    ...options,
  } as SessionOptions);

const errorOf = (options: object, rollback = true): NegotiationError => {
  try {
    construct(options, rollback).close();
  } catch (error) {
    return error as NegotiationError;
  }
  throw new Error('nothing was thrown');
};

const closed = () => {
  const { left } = createPair({ role: 'polite' }, { role: 'impolite' });
  left.session.close();
  return left.session.snapshot();
};
const busy = () => {
  const { left } = createPair({ role: 'polite' }, { role: 'impolite' });
  left.session.restartIce();
  return left.session.snapshot();
};
const other = () => createPair({ role: 'impolite' }, { role: 'polite' }).left.session.snapshot();

describe('an option that makes no sense', () => {
  it.each([
    [
      { role: undefined },
      "The option 'role' must be one of: polite, impolite, requester, arbiter, answerer, offerer, auto.",
    ],
    [
      { role: 'boss' },
      "The option 'role' must be one of: polite, impolite, requester, arbiter, answerer, offerer, auto.",
    ],
    [{ send: undefined }, "The option 'send' must be a function that puts a message on the signaling channel."],
    [{ trigger: 'auto' }, "The option 'trigger' must be one of: event, manual."],
    [{ wire: 'sip' }, "The option 'wire' must be one of: native, w3c, inlive."],
    [{ whileAsking: 'wait' }, "The option 'whileAsking' must be one of: answer, decline."],
    [
      { role: 'auto', wire: 'w3c' },
      "The option 'role' must be one of the roles that the wire 'w3c' can carry: polite, impolite.",
    ],
    [{ wire: 'inlive' }, "The option 'role' must be one of the roles that the wire 'inlive' can carry: requester."],
    [{ timeouts: { answer: 0 } }, "The option 'timeouts.answer' must be a number of milliseconds above 0."],
    [
      { timeouts: { operation: Number.NaN } },
      "The option 'timeouts.operation' must be a number of milliseconds above 0.",
    ],
    [{ timeouts: { lease: '10' } }, "The option 'timeouts.lease' must be a number of milliseconds above 0."],
    [{ limits: { candidates: 0 } }, "The option 'limits.candidates' must be a whole number of at least 1."],
    [{ limits: { candidates: Number.NaN } }, "The option 'limits.candidates' must be a whole number of at least 1."],
    [{ link: 'fast' }, /^The option 'link' must be 'reliable', 'lossy' or the options of a link; link option mode/],
    [{ link: { mode: 'lossy', capacity: 0 } }, /link option capacity is a whole number above 0\.$/],
    [{ id: '' }, "The option 'id' must be a string of 1 to 128 characters."],
    [{ id: 'x'.repeat(129) }, "The option 'id' must be a string of 1 to 128 characters."],
    [{ restore: {} }, "The option 'restore' cannot be used: its version is undefined, this package reads version 1."],
    [{ restore: null }, "The option 'restore' cannot be used: its version is undefined, this package reads version 1."],
    [{ restore: { v: 2 } }, "The option 'restore' cannot be used: its version is 2, this package reads version 1."],
    [{ restore: { v: 1, id: 'left' } }, "The option 'restore' cannot be used: it is no snapshot."],
    [{ restore: closed() }, "The option 'restore' cannot be used: the session was closed."],
    [
      { restore: busy() },
      /the engine was at work \(local-offer-pending.creating\); such a snapshot is for replay alone\.$/,
    ],
    [{ restore: other() }, "The option 'restore' cannot be used: its role is impolite, not polite."],
  ])('%o is refused with what to write instead', (options, message) => {
    const error = errorOf(options);
    expect(error).toBeInstanceOf(NegotiationError);
    expect(error).toMatchObject({ name: 'NegotiationError', code: 'invalid-option', recoverable: false });
    expect(error.message).toEqual(expect.stringMatching(message instanceof RegExp ? message : /./));
    if (typeof message === 'string') expect(error.message).toBe(message);
  });

  it('is refused before the engine is touched', () => {
    const engine = createFakeEngine({ name: 'left' });
    expect(() => createSession(engine, { role: 'auto', send: () => undefined, id: '' })).toThrow(NegotiationError);
    expect(engine.isListenedTo).toBe(false);
  });
});

describe('the polite role on an engine that cannot roll back', () => {
  it('is refused at construction with the roles that fit', () => {
    expect(errorOf({}, false)).toMatchObject({
      code: 'role-needs-rollback',
      message:
        "The role 'polite' rolls back, which this engine cannot do. Roles that fit it: impolite, requester, arbiter, answerer, offerer, auto.",
    });
  });

  it.each(['impolite', 'requester', 'arbiter', 'answerer', 'offerer', 'auto'])('is not needed by %s', (role) => {
    expect(construct({ role }, false).state).toBe('stable');
  });
});

describe('an engine', () => {
  it('that cannot be listened to is free for the next session', () => {
    const port = { ...createFakeEngine({ name: 'left' }), engine: {} };
    const begin = (subscribe = port.subscribe) =>
      createSession({ ...port, subscribe }, { role: 'auto', send: () => undefined });
    const deaf = () => {
      throw new Error('no listeners here');
    };
    expect(() => begin(deaf)).toThrow('no listeners here');
    const session = begin();
    expect(() => begin()).toThrow(/^A session negotiates on this RTCPeerConnection already/);
    session.close();
    expect(begin().state).toBe('stable');
  });
});

describe('what is left out', () => {
  it('has its default, an undefined timeout too', async () => {
    const pair = createPair({ role: 'polite', timeouts: { answer: undefined } as never }, { role: 'impolite' });
    pair.left.engine.change();
    await pair.clock.advance(0);
    await pair.clock.advance(10_000);
    expect(pair.left.stalls).toEqual([{ awaiting: 'answer', forMs: 10_000 }]);
  });
});

describe('the id of a session', () => {
  it.each([
    ['a platform with crypto', globalThis.crypto],
    ['a page that is no secure context', {}],
    ['a platform without crypto', undefined],
  ])('is its own on %s', (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const ids = Array.from({ length: 100 }, () => construct({}).id);
    vi.unstubAllGlobals();
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\da-f-]{8,}$/);
  });
});
