/**
 * From an input to one of the machine's events, by the ids in the registers. What the machine need not know of is
 * handled right here: an offer that comes again after it was answered gets the same answer again.
 */
import { iceUfrags, liveUfrags, mids } from '../description.ts';
import type { ReportCode } from '../errors.ts';
import type { NegotiationEvent } from '../machine/events.ts';
import type { Message } from '../wire/message.ts';
import { ownerOf, toCandidateOf } from './candidates.ts';
import type { Endpoint, Input, Numbered, Registers } from './endpoint.ts';

export interface Classified {
  readonly registers: Registers;
  /** `null`: nothing for the machine. */
  readonly event: NegotiationEvent | null;
  /** The offer that the event is about. */
  readonly incoming?: Numbered;
  readonly report?: ReportCode;
  /** The offer was answered already: say that answer again. */
  readonly repeat?: boolean;
}

export const classify = (endpoint: Endpoint, input: Input): Classified => {
  const { registers } = endpoint;
  switch (input.type) {
    case 'change':
      return {
        registers: input.certain ? { ...registers, forced: 'owed' } : registers,
        event: { type: 'app.change' },
      };
    case 'restart-ice':
      return {
        registers: { ...registers, restarting: [...credentialsOf(registers), ...(input.ufrags ?? [])] },
        event: { type: 'app.restart-ice' },
      };
    case 'close':
      return { registers, event: { type: 'app.close' } };
    case 'hello':
      return { registers, event: { type: 'remote.hello', arbiter: input.arbiter } };
    case 'unfit':
      return { registers, event: { type: 'remote.unfit' } };
    case 'message':
      return classifyMessage(endpoint, input.message);
    case 'done':
      return classifyDone(endpoint, input);
    case 'failed':
      return { registers, event: { type: 'engine.failed', state: input.state } };
    case 'hung':
      return { registers, event: { type: 'engine.hung' } };
    case 'engine-closed':
      return { registers, event: { type: 'engine.closed' } };
    case 'timer':
      return { registers, event: { type: 'timer.fired' } };
    case 'link-failed':
      return { registers, event: { type: 'link.failed' } };
    case 'repeat':
    case 'candidate':
      return { registers, event: null };
  }
};

const classifyMessage = ({ registers, machine }: Endpoint, message: Message): Classified => {
  const { remote, local } = registers;
  const answersOrDeclines = (id: number) => local !== null && local.sent && local.id === id;
  switch (message.kind) {
    case 'offer':
      return classifyOffer(registers, message);
    case 'answer': {
      const current = machine.path === 'local-offer-pending.awaiting-answer' && answersOrDeclines(message.offer);
      const { description: answer, wants, request = remote.request, needs = remote.needs } = message;
      return {
        registers: current
          ? {
              ...registers,
              restarting: restartingBy(registers, message),
              remote: {
                ...remote,
                answer,
                request,
                needs,
                latest: { part: 'answer', id: message.offer, sdp: answer.sdp },
              },
            }
          : registers,
        event: { type: 'remote.answer', current, wants },
      };
    }
    case 'candidate':
      return {
        registers,
        event: { type: 'remote.candidate', of: ownerOf(registers, toCandidateOf(message), message.candidate) },
      };
    case 'request': {
      const { request, needs = null } = message;
      if (request < remote.request) return { registers, event: null, report: 'stale-request' };
      const restarting = restartingBy(registers, message);
      return {
        registers: { ...registers, restarting, remote: { ...remote, request, needs } },
        event: { type: 'remote.request' },
      };
    }
    case 'grant': {
      const current = machine.context.announced && message.request === registers.requests;
      return { registers, event: { type: 'remote.grant', current } };
    }
    case 'release':
      return { registers, event: { type: 'remote.release' } };
    case 'decline': {
      const { offer, reason, request = remote.request } = message;
      // Insisting again at once would go round in circles with a side that cannot be insisted to; the timer repeats it.
      const inVain = reason === 'busy' && registers.trail?.message.kind === 'offer' && registers.trail.message.insists;
      return {
        registers: { ...registers, remote: { ...remote, request } },
        event: { type: 'remote.decline', current: answersOrDeclines(offer) && !inVain, reason },
      };
    }
    case 'bye':
      return { registers, event: { type: 'remote.bye' } };
    case 'hello':
      return { registers, event: null };
  }
};

const classifyOffer = (
  registers: Registers,
  { id, description, insists }: Extract<Message, { kind: 'offer' }>,
): Classified => {
  const { remote, exchange, trail } = registers;
  if (id < remote.newest || (id === remote.declined && !insists)) {
    return { registers, event: null, report: 'stale-offer' };
  }
  if (remote.held?.id === id || remote.applying?.id === id) return { registers, event: null };
  if (exchange?.part === 'answer' && exchange.id === id) {
    return { registers, event: null, repeat: trail?.message.kind === 'answer' && trail.message.offer === id };
  }
  return {
    registers: { ...registers, remote: { ...remote, newest: id, latest: { part: 'offer', id, sdp: description.sdp } } },
    event: { type: 'remote.offer', insists },
    incoming: { id, description },
  };
};

const classifyDone = (endpoint: Endpoint, { needed, description }: Extract<Input, { type: 'done' }>): Classified => {
  const next = afterOperation(endpoint, description);
  const restartOwed = isRestartOwed(next);
  return {
    registers: restartOwed ? next : { ...next, restarting: null },
    event: { type: 'engine.done', needed: needed || next.forced !== 'no' || restartOwed },
  };
};

/** Spec: w3c.github.io/webrtc-pc/#dom-rtcpeerconnection-restartice */
const credentialsOf = ({ exchange, local }: Registers): readonly string[] => [
  ...(exchange?.ufrags ?? []),
  ...iceUfrags(local?.description.sdp ?? ''),
];

/** An answerer cannot restart ICE by itself; a request that comes again asks for nothing more. */
const restartingBy = (
  registers: Registers,
  { iceRestart }: Extract<Message, { kind: 'request' | 'answer' }>,
): Registers['restarting'] =>
  iceRestart && registers.restarting === null ? credentialsOf(registers) : registers.restarting;

/** An ICE restart is owed until our description names none of the ufrags that it had. */
export const isRestartOwed = ({ restarting, exchange }: Registers): boolean =>
  restarting !== null && (exchange === null || exchange.ufrags.some((ufrag) => restarting.includes(ufrag)));

const afterOperation = (
  { registers, machine }: Endpoint,
  description: Extract<Input, { type: 'done' }>['description'],
): Registers => {
  const { local, remote } = registers;
  switch (machine.path) {
    case 'local-offer-pending.creating':
      return description ? { ...registers, local: { id: registers.offers, description, sent: false } } : registers;
    case 'local-offer-pending.applying-answer':
      return {
        ...registers,
        local: null,
        remote: { ...remote, answer: null },
        forced: registers.forced === 'offered' ? 'no' : registers.forced,
        exchange: local && {
          part: 'offer',
          id: local.id,
          ufrags: liveUfrags(local.description.sdp),
          remoteUfrags: iceUfrags(remote.answer?.sdp ?? ''),
          mids: mids(local.description.sdp),
        },
      };
    case 'remote-offer-pending.applying-offer':
      return {
        ...registers,
        remote: { ...remote, applying: remote.applying && { ...remote.applying, applied: true } },
      };
    case 'remote-offer-pending.answering':
      return {
        ...registers,
        remote: { ...remote, applying: null },
        // An answerer's change is in the offer that it asked for; anyone else's is in an offer of its own, which is not this.
        forced: registers.forced === 'offered' && machine.context.role === 'answerer' ? 'no' : registers.forced,
        exchange: remote.applying && {
          part: 'answer',
          id: remote.applying.id,
          ufrags: liveUfrags(description?.sdp ?? ''),
          remoteUfrags: iceUfrags(remote.applying.description.sdp),
          mids: mids(remote.applying.description.sdp),
        },
      };
    default:
      return registers;
  }
};
