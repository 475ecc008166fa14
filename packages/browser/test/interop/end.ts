/** A peer on an engine in JavaScript: the same program in a page as in Node, and with the W3C's example in our place. */
import type { Description, Role } from '@detente/core';
import type { NegotiationSession, SessionOptions } from '@detente/session';
import { createHand, type Hand, type HandStep } from './by-hand.ts';
import { echoAll, sendThrough } from '../scenarios/data-channels.ts';
import type { Engine } from '../scenarios/engine.ts';
import { negotiateAsW3c } from '../scenarios/w3c-example.ts';
import type { Change, ErrorView, Peer, Received, TransceiverView, View } from './peer.ts';

export interface InteropEngine extends Engine {
  negotiate(pc: RTCPeerConnection, options: SessionOptions): NegotiationSession;
  /** The engine does not tell of every change, so the application does. */
  readonly tells: boolean;
}

/** Who negotiates: our session, or the W3C's example, for which our roles of the same names stand. */
export interface EndOptions {
  readonly url: string;
  readonly role: Role;
  readonly by: 'ours' | 'ours on the wire of the W3C' | "the W3C's example" | 'hand';
}

export interface End extends Peer {
  /** For whoever negotiates by hand. */
  byHand(step: HandStep): Promise<Description | null>;
}

interface Negotiator {
  receive(message: object): void;
  /** After a change, where the engine does not tell of it. */
  changed(): void;
  restartIce(): void;
  settled(): Promise<void>;
  close(): void;
}

/** Resolves once the WebSocket is open. */
export const createEnd = async (engine: InteropEngine, { url, role, by }: EndOptions): Promise<End> => {
  const pc = engine.createPc();
  const socket = engine.createSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`${url} cannot be reached`));
  });
  const errors: ErrorView[] = [];
  const dataChannels: RTCDataChannel[] = [];
  const send = (message: object) => socket.send(JSON.stringify(message));
  const hand = createHand(pc, by === 'hand' ? send : () => undefined);
  const negotiator = start(engine, pc, hand, { role, by }, send, (error) => errors.push(error));
  socket.onmessage = ({ data }) => negotiator.receive(JSON.parse(String(data)) as object);
  echoAll(pc);

  return {
    async act(changes) {
      // Otherwise an offer could be made between two changes.
      const tracks = changes.map(async (change) =>
        change.type === 'add-track' ? engine.createTrack(change.kind) : undefined,
      );
      const ready = await Promise.all(tracks);
      for (const [index, change] of changes.entries()) {
        // Since this side was looked at, its engine may have forgotten what a change is aimed at; by hand nothing is left out.
        if (by === 'hand' || !('mid' in change) || find(pc, change.mid))
          make(engine, pc, negotiator, dataChannels, change, ready[index]);
      }
      if (changes.length > 0) negotiator.changed();
    },
    settled: () => negotiator.settled(),
    look: () => Promise.resolve(look(pc, dataChannels, errors)),
    received: () => received(pc),
    byHand: (step) => hand.perform(step),
    echo: () => Promise.all(dataChannels.map((channel) => sendThrough(channel, channel.label))),
    close() {
      negotiator.close();
      for (const { track } of pc.getSenders()) track?.stop();
      pc.close();
      socket.close();
      return Promise.resolve();
    },
  };
};

const start = (
  engine: InteropEngine,
  pc: RTCPeerConnection,
  hand: Hand,
  { role, by }: Omit<EndOptions, 'url'>,
  send: (message: object) => void,
  complain: (error: ErrorView) => void,
): Negotiator => {
  switch (by) {
    case 'ours':
      return ours(engine, pc, { role, send }, complain);
    case 'ours on the wire of the W3C':
      return ours(engine, pc, { role, send, wire: 'w3c' }, complain);
    case "the W3C's example":
      return example(pc, role === 'polite', send, complain);
    case 'hand':
      return byHand(pc, role, hand);
  }
};

const byHand = (pc: RTCPeerConnection, role: Role, { receive }: Hand): Negotiator => ({
  receive,
  changed: () => undefined,
  // An answerer has to ask for it.
  restartIce: () => (role === 'answerer' ? undefined : pc.restartIce()),
  settled: () => Promise.resolve(),
  close: () => undefined,
});

const ours = (
  { negotiate, tells }: InteropEngine,
  pc: RTCPeerConnection,
  options: SessionOptions,
  complain: (error: ErrorView) => void,
): Negotiator => {
  const session = negotiate(pc, options);
  session.on('error', ({ code, message, cause }) =>
    complain({ code, message, ...(cause === undefined ? {} : { cause: String(cause) }) }),
  );
  return {
    receive: (message) => session.receive(message),
    changed: () => (tells ? undefined : session.negotiate()),
    // An engine does not tell what it needs negotiation for, and an answerer has to say so: it makes no offers.
    restartIce: () => (options.role === 'answerer' ? session.restartIce() : pc.restartIce()),
    settled: () => session.settled(),
    close: () => session.close(),
  };
};

const example = (
  pc: RTCPeerConnection,
  polite: boolean,
  send: (message: object) => void,
  complain: (error: ErrorView) => void,
): Negotiator => {
  const take = negotiateAsW3c(pc, polite, send);
  let isOver = false;
  return {
    receive(message) {
      if (!isOver) {
        take(message).catch((cause: unknown) =>
          complain({ code: 'w3c-example', message: 'The example logs this.', cause: String(cause) }),
        );
      }
    },
    changed: () => undefined,
    restartIce: () => pc.restartIce(),
    settled: () => Promise.resolve(),
    close() {
      isOver = true;
    },
  };
};

const find = (pc: RTCPeerConnection, mid: string): RTCRtpTransceiver | undefined =>
  pc.getTransceivers().find((each) => each.mid === mid);

const make = (
  engine: Engine,
  pc: RTCPeerConnection,
  negotiator: Negotiator,
  dataChannels: RTCDataChannel[],
  change: Change,
  track: MediaStreamTrack | undefined,
): void => {
  const transceiver = (mid: string): RTCRtpTransceiver => {
    const found = find(pc, mid);
    if (found === undefined) throw new Error(`no transceiver has the mid ${mid}`);
    return found;
  };
  switch (change.type) {
    case 'add-track':
      if (track) pc.addTrack(track, engine.createStream(track));
      return;
    case 'remove-track': {
      const { sender } = transceiver(change.mid);
      const { track } = sender;
      pc.removeTrack(sender);
      track?.stop();
      return;
    }
    case 'set-direction':
      transceiver(change.mid).direction = change.direction;
      return;
    case 'stop': {
      const { track } = transceiver(change.mid).sender;
      transceiver(change.mid).stop();
      track?.stop();
      return;
    }
    case 'create-data-channel':
      dataChannels.push(pc.createDataChannel(change.label));
      return;
    case 'restart-ice':
      negotiator.restartIce();
      return;
  }
};

const look = (pc: RTCPeerConnection, dataChannels: readonly RTCDataChannel[], errors: readonly ErrorView[]): View => ({
  signalingState: pc.signalingState,
  connectionState: pc.connectionState,
  local: toDescription(pc.currentLocalDescription),
  remote: toDescription(pc.currentRemoteDescription),
  transceivers: pc.getTransceivers().map(toView),
  dataChannels: dataChannels.map(({ label, readyState }) => ({ label, readyState })),
  errors,
});

const toDescription = (description: RTCSessionDescription | null): Description | null =>
  description && { type: description.type as 'offer' | 'answer', sdp: description.sdp };

/** werift says that a transceiver is stopped, or is being, in properties of its own. */
interface MaybeStopped {
  readonly stopped?: boolean;
  readonly stopping?: boolean;
}

const toView = (transceiver: RTCRtpTransceiver): TransceiverView => {
  const { mid, direction, currentDirection, sender, receiver } = transceiver;
  const { stopped = false, stopping = false } = transceiver as MaybeStopped;
  return {
    mid,
    kind: receiver.track.kind,
    direction: stopped || stopping ? 'stopped' : direction,
    currentDirection: stopped ? 'stopped' : currentDirection,
    hasTrack: Boolean(sender.track),
  };
};

interface Inbound {
  readonly type: string;
  readonly trackIdentifier?: string;
  readonly packetsReceived?: number;
  readonly framesReceived?: number;
}

/** Not every engine says on which m-line packets came, but each says for which track they are. */
const received = async (pc: RTCPeerConnection): Promise<readonly Received[]> => {
  const stats = [...((await pc.getStats()) as unknown as Map<string, Inbound>).values()];
  return pc.getTransceivers().flatMap(({ mid, receiver }) => {
    const inbound = stats.filter(
      ({ type, trackIdentifier }) => type === 'inbound-rtp' && trackIdentifier === receiver.track.id,
    );
    const packets = inbound.reduce((sum, { packetsReceived = 0 }) => sum + packetsReceived, 0);
    const frames = inbound.flatMap(({ framesReceived }) => framesReceived ?? []);
    return mid === null
      ? []
      : [{ mid, packets, ...(frames.length === 0 ? {} : { frames: frames.reduce((sum, each) => sum + each, 0) }) }];
  });
};
