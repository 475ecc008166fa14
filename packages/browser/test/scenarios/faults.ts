/** An operation of the left engine fails in the middle of a glare; then comes the next change. */
import type { Role } from '@detente/core';
import { type Engine, until } from './engine.ts';
import { failing, type FailureMode, intercept, type OperationName } from './intercept.ts';
import { createPair } from './ends.ts';

export interface Fault {
  readonly role: Role;
  readonly operation: OperationName;
  readonly mode: FailureMode;
  readonly times: number;
}

export interface Aftermath {
  readonly errors: readonly string[];
  /** What each side sends on after the next change, by current direction. */
  readonly directions: readonly (string | null)[];
}

export const fault = async (engine: Engine, { role, operation, mode, times }: Fault): Promise<Aftermath> => {
  let isConnected = false;
  let injected = false;
  const inject = failing(operation, mode, times);
  const pair = createPair(engine, role, {
    wrap: (pc) =>
      intercept(pc, (name, perform) => {
        if (!isConnected) return perform();
        injected ||= name === operation;
        return inject(name, perform);
      }),
  });
  const { left, right, channel } = pair;
  try {
    const first = right.createDataChannel('base');
    await until('the sides connect', () => first.readyState === 'open');
    await pair.settled();
    isConnected = true;
    channel.hold();
    left.addTransceiver('audio', { direction: 'sendonly' });
    right.addTransceiver('audio', { direction: 'sendonly' });
    // New credentials bring new candidates; a bundled m-line alone brings none in some engines.
    if (operation === 'addIceCandidate') right.restartIce();
    const before = channel.sent.length;
    await until('both sides have spoken', () => {
      const speakers = channel.sent.slice(before).map(({ from }) => from);
      return (speakers.includes('left') && speakers.includes('right')) || pair.errors.length > 0;
    });
    channel.release();
    await pair.settled();
    // Candidates may come when everything else is settled.
    await until('the operation is performed', () => injected);
    right.addTransceiver('audio', { direction: 'sendonly' });
    left.addTransceiver('audio', { direction: 'sendonly' });
    await pair.settled(() => directionsOf(left).length === 4 && !directionsOf(left).includes(null));
    return { errors: pair.errors, directions: directionsOf(left).toSorted() };
  } finally {
    pair.close();
  }
};

const directionsOf = (pc: RTCPeerConnection): (string | null)[] =>
  pc.getTransceivers().map(({ currentDirection }) => currentDirection);
