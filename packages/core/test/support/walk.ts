/**
 * An endpoint that a test walks by hand. Descriptions are known by their ufrag, candidates by their line; what a step asks
 * for is told in one line an output, such as `send answer 1 R1 wants` or `perform applyOffer L2`, and nothing is left out.
 */
import type { Candidate, Description } from '../../src/description.ts';
import { iceUfrags } from '../../src/description.ts';
import {
  type Endpoint,
  type EndpointOptions,
  type Input,
  type Output,
  createEndpoint,
} from '../../src/endpoint/endpoint.ts';
import { endpointStep } from '../../src/endpoint/endpoint-step.ts';
import type { Message } from '../../src/wire/message.ts';

export const sdpOf = (...ufrags: readonly string[]): string =>
  `v=0\r\n${ufrags.map((ufrag) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:${ufrag}\r\n`).join('')}`;

const named = ({ sdp }: Description): string => iceUfrags(sdp).join('+');

const words = (...parts: readonly (string | number | false | undefined)[]): string =>
  parts.filter((part) => part !== false && part !== undefined && part !== '').join(' ');

const messageLine = (message: Message): string => {
  switch (message.kind) {
    case 'offer':
      return words('offer', message.id, named(message.description), message.insists && 'insists');
    case 'answer':
      return words(
        'answer',
        message.offer,
        named(message.description),
        message.wants && 'wants',
        message.request && `request ${message.request}`,
        message.iceRestart && 'iceRestart',
      );
    case 'candidate':
      return 'offer' in message
        ? `candidate of offer ${message.offer}: ${message.candidate.candidate}`
        : `candidate of answer ${message.answer}: ${message.candidate.candidate}`;
    case 'request':
      return words('request', message.request, message.iceRestart && 'iceRestart');
    case 'grant':
      return words('grant', message.request);
    case 'decline':
      return words('decline', message.offer, message.reason, message.request && `request ${message.request}`);
    case 'hello':
    case 'release':
    case 'bye':
      return message.kind;
  }
};

const outputLine = (output: Output): string => {
  switch (output.type) {
    case 'perform':
      return words(
        'perform',
        output.operation,
        output.description && named(output.description),
        output.iceRestart && 'iceRestart',
        output.receive && `receive ${output.receive.audio}+${output.receive.video}`,
      );
    case 'send':
      return `send ${messageLine(output.message)}`;
    case 'add-candidate':
      return `add ${output.candidate.candidate}`;
    case 'start-timer':
    case 'stop-timer':
      return words(output.type, output.timer);
    case 'report':
      return words('report', output.code);
  }
};

export interface Walk {
  /** Takes the input in and returns what the endpoint asks for. */
  take(input: Input): readonly string[];
  /** Takes each of them in and forgets what is asked for. */
  skip(...inputs: readonly Input[]): Walk;
  readonly endpoint: Endpoint;
  readonly path: string;
}

export const walk = (options: EndpointOptions): Walk => {
  let endpoint = createEndpoint(options);
  const self: Walk = {
    take(input) {
      const [next, outputs] = endpointStep(endpoint, input);
      endpoint = next;
      return outputs.map(outputLine);
    },
    skip(...inputs) {
      for (const input of inputs) self.take(input);
      return self;
    },
    get endpoint() {
      return endpoint;
    },
    get path() {
      return endpoint.machine.path;
    },
  };
  return self;
};

export const change: Input = { type: 'change', certain: false };
export const certainChange: Input = { type: 'change', certain: true };
export const restartIce: Input = { type: 'restart-ice' };

/** The operation in flight ends well; nothing else is to negotiate. */
export const done: Input = { type: 'done', needed: false };
/** The same, and the engine says that something is still to be negotiated. */
export const doneInNeed: Input = { type: 'done', needed: true };
export const made = (type: 'offer' | 'answer', ...ufrags: readonly string[]): Input => ({
  type: 'done',
  needed: false,
  description: { type, sdp: sdpOf(...ufrags) },
});
export const madeInNeed = (type: 'offer' | 'answer', ...ufrags: readonly string[]): Input => ({
  ...made(type, ...ufrags),
  type: 'done',
  needed: true,
});

export const gathered = (candidate: string, usernameFragment?: string): Input => ({
  type: 'candidate',
  candidate: { candidate, sdpMid: '0', usernameFragment },
});

const receive = (message: Message): Input => ({ type: 'message', message });
export const offered = (id: number, ufrag: string, insists = false): Input =>
  receive({ kind: 'offer', id, description: { type: 'offer', sdp: sdpOf(ufrag) }, insists });
export const answered = (offer: number, ufrag: string, rest: { wants?: boolean; request?: number } = {}): Input =>
  receive({ kind: 'answer', offer, description: { type: 'answer', sdp: sdpOf(ufrag) }, wants: false, ...rest });
export const candidateOfOffer = (offer: number, candidate: string, usernameFragment?: string): Input =>
  receive({ kind: 'candidate', offer, candidate: toCandidate(candidate, usernameFragment) });
export const candidateOfAnswer = (answer: number, candidate: string, usernameFragment?: string): Input =>
  receive({ kind: 'candidate', answer, candidate: toCandidate(candidate, usernameFragment) });
export const requested = (request: number, iceRestart?: boolean): Input =>
  receive({ kind: 'request', request, iceRestart });
export const granted = (request: number): Input => receive({ kind: 'grant', request });
export const declined = (offer: number, reason: 'busy' | 'refused' | 'taken', request?: number): Input =>
  receive({ kind: 'decline', offer, reason, request });

const toCandidate = (candidate: string, usernameFragment: string | undefined): Candidate => ({
  candidate,
  sdpMid: '0',
  usernameFragment,
});
