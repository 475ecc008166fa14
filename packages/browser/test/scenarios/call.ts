/**
 * A call between two ends over WebSockets, with everything changed on both sides at the same moment, twice; judged by
 * what arrives.
 */
import { negotiate } from '@detente/browser';
import { type Role, counterpart } from '@detente/core';
import { agreement } from '@detente/testing';
import { echoAll, sendThrough } from './data-channels.ts';
import { type Engine, until } from './engine.ts';

export interface Call {
  /** What came back through each data channel. */
  readonly echoes: readonly string[];
  /** The kinds of media of which packets arrive, at left and at right. */
  readonly arriving: readonly (readonly string[])[];
  readonly differences: readonly string[];
  readonly errors: readonly string[];
}

export const call = async (
  engine: Engine,
  { role, room }: { readonly role: Role; readonly room: string },
): Promise<Call> => {
  const errors: string[] = [];
  const left = join(engine, room, role, errors);
  const right = join(engine, room, counterpart[role], errors);
  const ends = [left, right];
  try {
    await Promise.all(ends.map(({ opened }) => opened));
    const echoes = ends.flatMap(({ pc }, index) => [sendThrough(pc.createDataChannel(`of ${index}`), `from ${index}`)]);
    await Promise.all(ends.map(async ({ pc }) => addTrack(engine, pc, 'audio')));
    await until('packets of audio arrive', async () => (await arrivingAt(left.pc, right.pc)).every(includes('audio')));
    await Promise.all(ends.map(async ({ pc }) => addTrack(engine, pc, 'video')));
    await until('packets of video arrive', async () => (await arrivingAt(left.pc, right.pc)).every(includes('video')));
    await until('all is settled', async () => {
      await Promise.all(ends.map(({ session }) => session.settled()));
      return agreement(left.pc, right.pc).agrees;
    });
    return {
      echoes: await Promise.all(echoes),
      arriving: await arrivingAt(left.pc, right.pc),
      differences: agreement(left.pc, right.pc).differences,
      errors,
    };
  } finally {
    for (const { close } of ends) close();
  }
};

const join = (engine: Engine, room: string, role: Role, errors: string[]) => {
  const pc = engine.createPc();
  const socket = engine.createSocket(room);
  const session = negotiate(pc, { role, send: (message) => socket.send(JSON.stringify(message)) });
  socket.onmessage = ({ data }) => session.receive(JSON.parse(String(data)));
  session.on('error', ({ code }) => errors.push(`${role} ${code}`));
  echoAll(pc);
  return {
    pc,
    session,
    opened: new Promise<void>((resolve) => {
      socket.onopen = () => {
        session.resync();
        resolve();
      };
    }),
    close() {
      session.close();
      pc.close();
      socket.close();
    },
  };
};

const addTrack = async (engine: Engine, pc: RTCPeerConnection, kind: 'audio' | 'video'): Promise<void> => {
  const track = await engine.createTrack(kind);
  pc.addTrack(track, engine.createStream(track));
};

const includes = (kind: string) => (kinds: readonly string[]) => kinds.includes(kind);

const arrivingAt = (...pcs: readonly RTCPeerConnection[]): Promise<(readonly string[])[]> =>
  Promise.all(
    pcs.map(async (pc) => {
      const stats = [...((await pc.getStats()) as unknown as Map<string, Inbound>).values()];
      const inbound = stats.filter(({ type, packetsReceived = 0 }) => type === 'inbound-rtp' && packetsReceived > 0);
      return inbound.map(({ kind }) => kind).toSorted();
    }),
  );

interface Inbound {
  readonly type: string;
  readonly kind: string;
  readonly packetsReceived?: number;
}
