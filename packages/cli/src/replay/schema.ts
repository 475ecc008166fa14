/** What a recording must look like to be replayed, field by field, so that a complaint names the field. */
import {
  type Endpoint,
  type Input,
  type Message,
  type Output,
  type StatePath,
  chart,
  parseEnvelope,
  reportCodes,
  roles,
  wireVersion,
} from '@detente/core';
import type { Recording, Trace } from '@detente/session';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const path = v.picklist(Object.keys(chart.states) as StatePath[]);
const perKind = v.object({ audio: count, video: count });
const description = v.object({ type: v.picklist(['offer', 'answer']), sdp: v.string() });
const candidate = v.object({
  candidate: v.string(),
  sdpMid: v.optional(v.nullable(v.string())),
  sdpMLineIndex: v.optional(v.nullable(v.number())),
  usernameFragment: v.optional(v.nullable(v.string())),
});
const message = v.custom<Message>(
  (value) => parseEnvelope({ v: wireVersion, from: 'recording', role: 'auto', ...Object(value) }).ok,
  'expected a message',
);

const input: v.GenericSchema<unknown, Input> = v.variant('type', [
  v.object({ type: v.literal('change'), certain: v.boolean() }),
  v.object({ type: v.literal('message'), message }),
  v.object({ type: v.literal('hello'), arbiter: v.boolean() }),
  v.object({ type: v.literal('candidate'), candidate }),
  v.object({ type: v.literal('done'), needed: v.boolean(), description: v.optional(description) }),
  v.object({ type: v.literal('failed'), state: v.picklist(['stable', 'have-local-offer', 'have-remote-offer']) }),
  v.object({ type: v.literal('restart-ice'), ufrags: v.optional(v.array(v.string())) }),
  v.object({
    type: v.picklist(['close', 'unfit', 'hung', 'engine-closed', 'timer', 'link-failed', 'repeat']),
  }),
]);

const timer = v.picklist(['answer', 'grant', 'turn', 'lease']);
const output: v.GenericSchema<unknown, Output> = v.variant('type', [
  v.object({
    type: v.literal('perform'),
    operation: v.picklist(['createOffer', 'applyOffer', 'createAnswer', 'applyAnswer', 'rollback']),
    description: v.optional(description),
    iceRestart: v.optional(v.boolean()),
    receive: v.optional(perKind),
  }),
  v.object({ type: v.literal('add-candidate'), candidate }),
  v.object({ type: v.literal('send'), message }),
  v.object({ type: v.picklist(['start-timer', 'stop-timer']), timer }),
  v.object({ type: v.literal('report'), code: v.picklist(reportCodes) }),
]);

const step: v.GenericSchema<unknown, Trace> = v.object({
  atMs: v.number(),
  input,
  from: path,
  to: path,
  outputs: v.array(output),
});

const part = { part: v.picklist(['offer', 'answer']), id: count };
const numbered = { id: count, description };
const endpoint: v.GenericSchema<unknown, Endpoint> = v.object({
  machine: v.object({
    path,
    context: v.object({
      role: v.picklist(roles),
      rollback: v.boolean(),
      whileAsking: v.picklist(['answer', 'decline']),
      owed: v.boolean(),
      announced: v.boolean(),
      awaited: v.boolean(),
      held: v.boolean(),
      ourTurn: v.boolean(),
      failures: v.picklist([0, 1, 2]),
    }),
  }),
  limits: v.object({ candidates: count }),
  registers: v.object({
    offers: count,
    local: v.nullable(v.object({ ...numbered, sent: v.boolean() })),
    requests: count,
    remote: v.object({
      newest: count,
      held: v.nullable(v.object(numbered)),
      applying: v.nullable(v.object({ ...numbered, applied: v.boolean() })),
      declined: count,
      latest: v.nullable(v.object({ ...part, sdp: v.string() })),
      answer: v.nullable(description),
      request: count,
      needs: v.nullable(perKind),
    }),
    exchange: v.nullable(
      v.object({
        ...part,
        ufrags: v.array(v.string()),
        remoteUfrags: v.array(v.string()),
        mids: v.array(v.string()),
      }),
    ),
    trail: v.nullable(
      v.object({
        message: v.custom<Extract<Message, { kind: 'offer' | 'answer' }>>(
          (value) => v.is(message, value) && (value.kind === 'offer' || value.kind === 'answer'),
          'expected an offer or an answer',
        ),
        candidates: v.array(candidate),
      }),
    ),
    localCandidates: v.array(candidate),
    remoteCandidates: v.array(v.object({ of: v.object(part), candidate })),
    forced: v.picklist(['no', 'owed', 'offered']),
    restarting: v.nullable(v.array(v.string())),
  }),
});

export const recordingSchema: v.GenericSchema<unknown, Recording> = v.object({
  v: v.literal(1),
  id: v.string(),
  start: endpoint,
  steps: v.array(step),
});
