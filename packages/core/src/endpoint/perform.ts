/**
 * From the machine's effects to operations and messages with payload: one small function an effect, each from registers
 * to registers and outputs.
 */
import type { Candidate, Description } from '../description.ts';
import type { Effect } from '../machine/effects.ts';
import type { Message } from '../wire/message.ts';
import { belongsTo, createJudge, destinationOf, toCandidateMessage, toCandidateOf } from './candidates.ts';
import { isRestartOwed } from './classify.ts';
import type { CandidateOf, DescriptionMessage, Endpoint, Input, Numbered, Output, Registers } from './endpoint.ts';

/** What one step is about, beside the registers. */
export interface Occasion {
  readonly before: Endpoint;
  readonly input: Input;
  readonly incoming: Numbered | undefined;
}

type Move = readonly [registers: Registers, outputs: readonly Output[]];

export const perform = (endpoint: Endpoint, effect: Effect, occasion: Occasion): Move => {
  const { registers } = endpoint;
  const { remote } = registers;
  switch (effect.type) {
    case 'createOffer':
      return [
        {
          ...registers,
          offers: registers.offers + 1,
          // What an engine without rollback holds until this one is made: no answer to it is taken any more.
          local: registers.local && { ...registers.local, sent: false },
          remote: { ...remote, answer: null },
          forced: registers.forced === 'owed' ? 'offered' : registers.forced,
        },
        [
          {
            type: 'perform',
            operation: 'createOffer',
            iceRestart: isRestartOwed(registers),
            receive: remote.needs ?? undefined,
          },
        ],
      ];
    case 'applyOffer':
      return [
        {
          ...registers,
          remote: { ...remote, held: null, applying: remote.held && { ...remote.held, applied: false } },
        },
        [{ type: 'perform', operation: 'applyOffer', description: remote.held?.description }],
      ];
    case 'createAnswer':
      return [registers, [{ type: 'perform', operation: 'createAnswer' }]];
    case 'applyAnswer':
      return [registers, [{ type: 'perform', operation: 'applyAnswer', description: remote.answer ?? undefined }]];
    case 'rollback':
      return rollBack(registers);
    case 'addCandidate':
      return [registers, candidateOf(occasion.input, (_, candidate) => [{ type: 'add-candidate', candidate }])];
    case 'holdCandidate':
      return holdCandidate(endpoint, occasion.input);
    case 'dropCandidate':
      return [registers, []];
    case 'holdOffer':
      return [{ ...registers, remote: { ...remote, held: occasion.incoming ?? null } }, []];
    case 'dropOffer':
      return [effect.which === 'held' ? { ...registers, remote: { ...remote, held: null } } : registers, []];
    case 'sendOffer':
      return sendOffer(registers, effect.insists);
    case 'sendAnswer':
      return sendAnswer(endpoint, effect.wants, occasion);
    case 'sendRequest':
      return sendRequest(endpoint, occasion);
    case 'sendGrant':
      return [registers, [send({ kind: 'grant', request: Math.max(remote.request, 1) })]];
    case 'sendRelease':
      return [registers, [send({ kind: 'release' })]];
    case 'sendDecline': {
      const declined =
        (effect.reason === 'refused' ? remote.applying?.id : (occasion.incoming ?? remote.held)?.id) ?? remote.newest;
      return [
        {
          ...registers,
          remote: { ...remote, declined, applying: effect.reason === 'refused' ? null : remote.applying },
        },
        [
          send({
            kind: 'decline',
            offer: declined,
            reason: effect.reason,
            ...(effect.reason === 'busy' ? { request: registers.requests } : {}),
          }),
        ],
      ];
    }
    case 'sendBye':
      return [registers, [send({ kind: 'bye' })]];
    case 'startTimer':
      return [registers, [{ type: 'start-timer', timer: effect.timer }]];
    case 'stopTimer':
      return [registers, [{ type: 'stop-timer', timer: effect.timer }]];
    case 'report': {
      const givesUp = effect.code === 'change-failed' && registers.forced === 'offered';
      return [givesUp ? { ...registers, forced: 'no' } : registers, [{ type: 'report', code: effect.code }]];
    }
  }
};

const send = (message: Message): Output => ({ type: 'send', message });

const candidateOf = <T>(input: Input, use: (of: CandidateOf, candidate: Candidate) => readonly T[]): readonly T[] =>
  input.type === 'message' && input.message.kind === 'candidate'
    ? use(toCandidateOf(input.message), input.message.candidate)
    : [];

const holdCandidate = ({ registers, limits }: Endpoint, input: Input): Move => {
  const held = registers.remoteCandidates;
  if (held.length >= limits.candidates) return [registers, [{ type: 'report', code: 'candidates-overflow' }]];
  const added = candidateOf(input, (of, candidate) => [{ of, candidate }]);
  return [{ ...registers, remoteCandidates: [...held, ...added] }, []];
};

/**
 * Gathering for the exchange that still stands went on while the offer was pending; that much is kept. From here on no
 * candidate of a remote offer may reach the engine, until its decline forgets them all.
 */
const rollBack = (registers: Registers): Move => {
  const { exchange, localCandidates, forced, remote } = registers;
  const kept = exchange ? localCandidates.filter((candidate) => belongsTo(exchange, candidate)) : [];
  return [
    {
      ...registers,
      local: null,
      localCandidates: [],
      forced: forced === 'offered' ? 'owed' : forced,
      remote: { ...remote, answer: null, applying: remote.applying && { ...remote.applying, applied: false } },
    },
    [
      { type: 'perform', operation: 'rollback' },
      ...kept.map((one) => send(toCandidateMessage(exchange as CandidateOf, one))),
    ],
  ];
};

const sendOffer = (registers: Registers, insists: boolean): Move => {
  const { local, trail } = registers;
  if (local === null) return [registers, []];
  if (local.sent && trail?.message.kind === 'offer') {
    const message = { ...trail.message, insists: insists || trail.message.insists };
    const again = { ...registers, trail: { ...trail, message } };
    return [again, repeatTrail(again)];
  }
  const { id } = local;
  const message: DescriptionMessage = {
    kind: 'offer',
    id,
    description: { type: 'offer', sdp: local.description.sdp },
    insists,
  };
  return flushLocal({ ...registers, local: { ...local, sent: true }, trail: { message, candidates: [] } }, message, {
    part: 'offer',
    id: local.id,
  });
};

const sendAnswer = ({ registers, machine }: Endpoint, wants: boolean, { before, input }: Occasion): Move => {
  const { exchange } = registers;
  const description = input.type === 'done' ? input.description : undefined;
  if (exchange === null || description === undefined) return [registers, []];
  const asks = wants && (machine.context.role === 'requester' || machine.context.role === 'answerer');
  const requests = asks && !before.machine.context.announced ? registers.requests + 1 : registers.requests;
  // An offer that was under way when an answerer asked cannot have been made for it; the next one is.
  const forced =
    asks && machine.context.role === 'answerer' && registers.forced === 'owed' ? 'offered' : registers.forced;
  const message: DescriptionMessage = {
    kind: 'answer',
    offer: exchange.id,
    description: toAnswer(description),
    wants,
    ...(asks ? { request: requests } : {}),
    ...asksForRestart({ registers, machine }),
  };
  return flushLocal({ ...registers, requests, forced, trail: { message, candidates: [] } }, message, exchange);
};

const toAnswer = ({ sdp }: Description) => ({ type: 'answer', sdp }) as const;

const asksForRestart = ({ registers, machine }: Pick<Endpoint, 'registers' | 'machine'>) =>
  machine.context.role === 'answerer' && registers.exchange !== null && isRestartOwed(registers)
    ? { iceRestart: true }
    : {};

const sendRequest = (endpoint: Endpoint, { before }: Occasion): Move => {
  const { registers } = endpoint;
  const repeated = before.machine.path === 'pending-renegotiation.asking' && before.machine.context.announced;
  const requests = repeated ? registers.requests : registers.requests + 1;
  return [{ ...registers, requests }, [send({ kind: 'request', request: requests, ...asksForRestart(endpoint) })]];
};

/** The candidates that waited for this description follow it, each under the exchange that it belongs to. */
const flushLocal = (registers: Registers, message: DescriptionMessage, of: CandidateOf): Move => {
  const { exchange, localCandidates, trail } = registers;
  const outputs = localCandidates.map((candidate) =>
    send(toCandidateMessage(exchange && belongsTo(exchange, candidate) ? exchange : of, candidate)),
  );
  return [
    { ...registers, localCandidates: [], trail: trail && { ...trail, candidates: localCandidates } },
    [send(message), ...outputs],
  ];
};

/** After a reconnect without a link: the offer that is out, or the request. */
export const repeatWhatIsOut = (endpoint: Endpoint): readonly Output[] => {
  const { registers, machine } = endpoint;
  if (registers.local?.sent) return repeatTrail(registers);
  const asks = machine.path === 'pending-renegotiation.asking' && machine.context.announced;
  return asks ? [send({ kind: 'request', request: registers.requests, ...asksForRestart(endpoint) })] : [];
};

/** What was said last, as it was said first, with the candidates that followed it. */
export const repeatTrail = ({ trail }: Registers): readonly Output[] => {
  if (trail === null) return [];
  const { message, candidates } = trail;
  const of: CandidateOf =
    message.kind === 'offer' ? { part: 'offer', id: message.id } : { part: 'answer', id: message.offer };
  return [send(message), ...candidates.map((candidate) => send(toCandidateMessage(of, candidate)))];
};

/** A candidate that our engine gathered. */
export const sendLocalCandidate = (endpoint: Endpoint, candidate: Candidate): Move => {
  const { registers, limits } = endpoint;
  const { localCandidates, trail } = registers;
  const where = destinationOf(endpoint, candidate);
  if (where === 'nowhere') return [registers, []];
  if (where === 'wait') {
    return localCandidates.length >= limits.candidates
      ? [registers, [{ type: 'report', code: 'candidates-overflow' }]]
      : [{ ...registers, localCandidates: [...localCandidates, candidate] }, []];
  }
  const followed =
    trail && trail.candidates.length < limits.candidates
      ? { ...trail, candidates: [...trail.candidates, candidate] }
      : trail;
  return [{ ...registers, trail: followed }, [send(toCandidateMessage(where, candidate))]];
};

/** Held candidates whose description the engine has by now go to it; those whose description is gone are dropped. */
export const settleRemoteCandidates = (registers: Registers): Move => {
  if (registers.remoteCandidates.length === 0) return [registers, []];
  const judge = createJudge(registers);
  const owned = registers.remoteCandidates.map((held) => ({ ...held, owner: judge(held.of, held.candidate) }));
  const remoteCandidates = registers.remoteCandidates.filter((_, index) => owned[index]?.owner === 'coming');
  const outputs = owned.flatMap(({ owner, candidate }): Output[] =>
    owner === 'current' ? [{ type: 'add-candidate', candidate }] : [],
  );
  return [remoteCandidates.length === owned.length ? registers : { ...registers, remoteCandidates }, outputs];
};
