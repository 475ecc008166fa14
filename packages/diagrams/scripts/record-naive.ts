/**
 * What becomes of the moment of `ask-first` when nobody asks: whoever changes something offers, whoever gets an offer
 * answers it, as the demo's `--naive` does. On the virtual engine, which does what JSEP says, and a clock of its own.
 */
import type { MessageKind, Operation, StatePath } from '@detente/core';
import type { Happening, Run, RunEntry } from '@detente/diagrams';
import { createClockSchedule, createVirtualClock, VirtualPeerConnection } from '@detente/testing';

interface Change {
  readonly atMs: number;
  readonly on: string;
}

/** Each piece of engine work takes 1 ms, a message 5 ms. The first name is drawn on the left. */
export const recordNaive = async (
  title: string,
  names: readonly [string, string],
  changes: readonly Change[],
): Promise<Run> => {
  const clock = createVirtualClock();
  const schedule = createClockSchedule(clock, () => ({ type: 'after', delayMs: 1 }));
  const entries: RunEntry[] = [];

  const open = (name: string) => {
    const pc = new VirtualPeerConnection({ label: name, schedule });
    let sent = 0;
    const log = (...happenings: readonly Happening[]) =>
      entries.push(...happenings.map((each) => ({ ...each, on: name, atMs: clock.now() })));
    /** From a state of the machine that this code does not have, but whose colour says the same. */
    const perform = async (path: StatePath, operation: Operation, work: Promise<void>): Promise<void> => {
      log({ type: 'state', path }, { type: 'operation', operation });
      await work.then(
        () => log({ type: 'operation-over', outcome: 'done' }),
        (error: Error) => {
          log(
            { type: 'operation-over', outcome: 'failed' },
            { type: 'note', text: error.name, tone: 'trouble' },
            { type: 'state', path: 'stable' },
          );
          throw error;
        },
      );
    };
    const send = (kind: 'offer' | 'answer', path: StatePath) => {
      const message = `${name} ${(sent += 1)}`;
      const label = kind;
      const to = names[0] === name ? names[1] : names[0];
      const { sdp = '' } = pc.localDescription ?? {};
      log({ type: 'state', path }, { type: 'send', message, to, kind, label });
      clock.setTimeout(
        () =>
          void ends
            .get(to)
            ?.receive(message, kind, sdp)
            .catch(() => undefined),
        5,
      );
    };
    return {
      pc,
      log,
      async change() {
        pc.addTransceiver('video', { direction: 'sendonly' });
        log({ type: 'note', text: 'change', tone: 'plain' });
        await perform('local-offer-pending.creating', 'createOffer', pc.setLocalDescription());
        send('offer', 'local-offer-pending.awaiting-answer');
      },
      async receive(message: string, kind: MessageKind & ('offer' | 'answer'), sdp: string) {
        const from = names[0] === name ? names[1] : names[0];
        log({ type: 'receive', message, from, kind, label: kind });
        const apply = pc.setRemoteDescription({ type: kind, sdp });
        if (kind === 'answer') {
          await perform('local-offer-pending.applying-answer', 'applyAnswer', apply);
          log({ type: 'state', path: 'stable' });
          return;
        }
        if (pc.signalingState === 'have-local-offer') log({ type: 'note', text: 'rolled back', tone: 'trouble' });
        await perform('remote-offer-pending.applying-offer', 'applyOffer', apply);
        await perform('remote-offer-pending.answering', 'createAnswer', pc.setLocalDescription());
        send('answer', 'stable');
      },
    };
  };

  const ends = new Map(names.map((name) => [name, open(name)]));
  for (const { atMs, on } of changes) clock.setTimeout(() => void ends.get(on)?.change(), atMs);
  await clock.settle();
  for (const { pc, log } of ends.values()) {
    const isLost = pc.getTransceivers().some(({ direction, currentDirection }) => direction !== currentDirection);
    if (isLost) log({ type: 'note', text: 'change lost', tone: 'trouble' });
  }
  return { title, lifelines: names.map((name) => ({ id: name, name, role: 'naive' })), entries };
};
