/**
 * What may happen to an endpoint next: inputs that fit its registers (the answer to the offer that is out, the next offer
 * of the other side) and their neighbours that do not (another offer's answer, an offer that came before).
 */
import type { Candidate, Description, Endpoint, EngineRest, Input, Message } from '@detente/core';
import { iceUfrags } from '@detente/core';

export interface LabelledInput {
  /** What the input is, without ids: inputs of the same label are alike. */
  readonly label: string;
  readonly input: Input;
  /** It ends the session. */
  readonly ends: boolean;
}

/** Inputs for this endpoint, in a fixed order. */
export const inputsFor = (endpoint: Endpoint): readonly LabelledInput[] => [
  ...toLabelled(applicationInputs, false),
  ...toLabelled(engineInputs(endpoint), false),
  ...toLabelled(localCandidates(endpoint), false),
  ...toLabelled(mapMessages(messagesFor(endpoint)), false),
  ...toLabelled(endings, true),
];

type Inputs = Readonly<Record<string, Input>>;

const toLabelled = (inputs: Inputs, ends: boolean): readonly LabelledInput[] =>
  Object.entries(inputs).map(([label, input]) => ({ label, input, ends }));

const applicationInputs: Inputs = {
  change: { type: 'change', certain: false },
  'certain change': { type: 'change', certain: true },
  'restart ice': { type: 'restart-ice' },
  timer: { type: 'timer' },
  repeat: { type: 'repeat' },
  'hello, we are the arbiter': { type: 'hello', arbiter: true },
  'hello, we are not the arbiter': { type: 'hello', arbiter: false },
};

const endings: Inputs = {
  close: { type: 'close' },
  bye: { type: 'message', message: { kind: 'bye' } },
  unfit: { type: 'unfit' },
  hung: { type: 'hung' },
  'engine closed': { type: 'engine-closed' },
  'link failed': { type: 'link-failed' },
};

const failures: Inputs = Object.fromEntries(
  (['stable', 'have-local-offer', 'have-remote-offer'] as const satisfies readonly EngineRest[]).map((state) => [
    `failed ${state}`,
    { type: 'failed', state },
  ]),
);

/** Descriptions keep the ICE credentials of the exchange that stands, or have fresh ones. */
const engineInputs = ({ machine, registers: { exchange, offers } }: Endpoint): Inputs => {
  const type = ({ 'local-offer-pending.creating': 'offer', 'remote-offer-pending.answering': 'answer' } as const)[
    machine.path as string
  ];
  if (type === undefined) {
    return { done: { type: 'done', needed: false }, 'done in need': { type: 'done', needed: true }, ...failures };
  }
  const kept = describe(type, exchange?.ufrags[0] ?? 'L1');
  const fresh = describe(type, `L${offers + 1}`);
  return {
    done: { type: 'done', needed: false, description: kept },
    'done in need': { type: 'done', needed: true, description: kept },
    'done afresh': { type: 'done', needed: false, description: fresh },
    ...failures,
  };
};

const localCandidates = ({ registers: { exchange, local } }: Endpoint): Inputs => {
  const ufrags = [exchange?.ufrags[0], ...iceUfrags(local?.description.sdp ?? ''), 'L9'];
  return {
    'candidate without ufrag': { type: 'candidate', candidate: candidate(undefined) },
    ...Object.fromEntries(
      ufrags.flatMap((ufrag, index) =>
        ufrag === undefined ? [] : [[`candidate ${index}`, { type: 'candidate', candidate: candidate(ufrag) }]],
      ),
    ),
  };
};

const messagesFor = ({ registers }: Endpoint): Readonly<Record<string, Message>> => {
  const { offers, requests, remote, exchange } = registers;
  const ours = Math.max(offers, 1);
  const request = Math.max(remote.request, 1);
  const agreed = exchange?.remoteUfrags[0] ?? 'R1';
  const pending = iceUfrags((remote.applying?.description ?? remote.held?.description ?? remote.answer)?.sdp ?? '')[0];
  const newest = Math.max(remote.newest, 1);
  const next = remote.newest + 1;
  const offer = (id: number, ufrag: string, insists = false): Message => ({
    kind: 'offer',
    id,
    description: describe('offer', ufrag) as { type: 'offer'; sdp: string },
    insists,
  });
  const answer = (id: number, ufrag: string, rest: { wants: boolean; request?: number }): Message => ({
    kind: 'answer',
    offer: id,
    description: describe('answer', ufrag) as { type: 'answer'; sdp: string },
    ...rest,
  });
  return {
    'next offer': offer(next, agreed),
    'next offer afresh': offer(next, `R${next}`),
    'next offer insists': offer(next, agreed, true),
    'same offer': offer(newest, agreed),
    'same offer insists': offer(newest, agreed, true),
    'older offer': offer(Math.max(newest - 1, 1), agreed),
    answer: answer(ours, agreed, { wants: false }),
    'answer afresh': answer(ours, `R${next}`, { wants: false }),
    'answer wants': answer(ours, agreed, { wants: true, request: remote.request + 1 }),
    'other answer': answer(ours + 1, agreed, { wants: false }),
    'other answer wants': answer(ours + 1, agreed, { wants: true }),
    'next request': { kind: 'request', request: remote.request + 1 },
    'next request needs': { kind: 'request', request: remote.request + 1, needs: { audio: 1, video: 2 } },
    'next request restarts ICE': { kind: 'request', request: remote.request + 1, iceRestart: true },
    'same request': { kind: 'request', request },
    'older request': { kind: 'request', request: Math.max(request - 1, 1) },
    grant: { kind: 'grant', request: Math.max(requests, 1) },
    'other grant': { kind: 'grant', request: requests + 1 },
    release: { kind: 'release' },
    'decline busy': { kind: 'decline', offer: ours, reason: 'busy', request: remote.request + 1 },
    'decline refused': { kind: 'decline', offer: ours, reason: 'refused' },
    'decline taken': { kind: 'decline', offer: ours, reason: 'taken' },
    'other decline busy': { kind: 'decline', offer: ours + 1, reason: 'busy', request },
    'other decline refused': { kind: 'decline', offer: ours + 1, reason: 'refused' },
    'other decline taken': { kind: 'decline', offer: ours + 1, reason: 'taken' },
    hello: { kind: 'hello' },
    ...candidatesFor(newest, next, ours, {
      'without ufrag': candidate(undefined),
      agreed: candidate(agreed),
      'agreed, on another line': candidate(agreed, '1'),
      pending: candidate(pending),
      unknown: candidate('R0'),
    }),
  };
};

const candidatesFor = (newest: number, next: number, ours: number, candidates: Readonly<Record<string, Candidate>>) =>
  Object.fromEntries(
    Object.entries(candidates).flatMap(([which, candidate]): (readonly [string, Message])[] => [
      [`candidate of newest offer, ${which}`, { kind: 'candidate', offer: newest, candidate }],
      [`candidate of next offer, ${which}`, { kind: 'candidate', offer: next, candidate }],
      [`candidate of answer, ${which}`, { kind: 'candidate', answer: ours, candidate }],
    ]),
  );

const mapMessages = (messages: Readonly<Record<string, Message>>): Inputs =>
  Object.fromEntries(
    Object.entries(messages).map(([label, message]) => [`receive ${label}`, { type: 'message', message }]),
  );

/** The smallest text that has an ICE generation. */
const describe = (type: Description['type'], ufrag: string): Description => ({
  type,
  sdp: `v=0\r\nm=audio\r\na=mid:0\r\na=ice-ufrag:${ufrag}\r\n`,
});

const candidate = (ufrag: string | undefined, sdpMid = '0'): Candidate =>
  ufrag === undefined
    ? { candidate: 'candidate:1', sdpMid }
    : { candidate: 'candidate:1', sdpMid, usernameFragment: ufrag };
