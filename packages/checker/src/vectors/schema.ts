/** The JSON Schema of the vectors, draft 2020-12. Objects are closed: what is not described here cannot be there. */
import { reportCodes, roles } from '@detente/core';

type Schema = object;

const name: Schema = { type: 'string', minLength: 1 };
const index: Schema = { type: 'integer', minimum: 0 };
const id: Schema = { type: 'integer', minimum: 1 };
const boolean: Schema = { type: 'boolean' };
const scalar: Schema = { type: ['string', 'integer', 'boolean'] };

const listOf = (items: Schema): Schema => ({ type: 'array', items });
const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
const oneOf = (...schemas: readonly Schema[]): Schema => ({ oneOf: schemas });
const use = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` });

/** Fields whose name ends with a question mark are optional; a string is a constant. */
const object = (fields: Readonly<Record<string, Schema | string>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(fields).map(([field, schema]) => [
      field.replace('?', ''),
      typeof schema === 'string' ? { const: schema } : schema,
    ]),
  ),
  required: Object.keys(fields).filter((field) => !field.endsWith('?')),
  additionalProperties: false,
});

const needs = object({ audio: index, video: index });
const context = {
  role: { enum: roles },
  rollback: boolean,
  whileAsking: { enum: ['answer', 'decline'] },
  owed: boolean,
  announced: boolean,
  awaited: boolean,
  held: boolean,
  ourTurn: boolean,
  failures: { enum: [0, 1, 2] },
};
const { role, rollback, whileAsking } = context;
const named = { type: 'object', properties: { type: name }, required: ['type'], additionalProperties: scalar };

const definitions: Readonly<Record<string, Schema>> = {
  path: {
    type: 'string',
    pattern: '^(stable|closed|(local-offer|remote-offer)-pending\\.[a-z-]+|pending-renegotiation\\.[a-z-]+)$',
  },
  pattern: mapOf(oneOf(scalar, { ...listOf(scalar), minItems: 2 })),
  moves: listOf(object({ 'guard?': name, 'target?': use('path'), does: listOf(name) })),
  description: object({ type: { enum: ['offer', 'answer'] }, sdp: name }),
  candidate: object({ candidate: { type: 'string' }, sdpMid: name, 'usernameFragment?': name }),
  message: oneOf(
    object({ kind: 'hello' }),
    object({ kind: 'offer', id, description: use('description'), insists: boolean }),
    object({
      kind: 'answer',
      offer: id,
      description: use('description'),
      wants: boolean,
      'request?': id,
      'iceRestart?': boolean,
    }),
    object({ kind: 'candidate', offer: id, candidate: use('candidate') }),
    object({ kind: 'candidate', answer: id, candidate: use('candidate') }),
    object({ kind: 'request', request: id, 'needs?': needs, 'iceRestart?': boolean }),
    object({ kind: 'grant', request: id }),
    object({ kind: 'release' }),
    object({ kind: 'decline', offer: id, reason: { enum: ['busy', 'refused', 'taken'] }, 'request?': id }),
    object({ kind: 'bye' }),
  ),
  input: oneOf(
    object({ type: 'change', certain: boolean }),
    object({ type: 'restart-ice' }),
    object({ type: 'close' }),
    object({ type: 'message', message: use('message') }),
    object({ type: 'hello', arbiter: boolean }),
    object({ type: 'unfit' }),
    object({ type: 'candidate', candidate: use('candidate') }),
    object({ type: 'done', needed: boolean, 'description?': use('description') }),
    object({ type: 'failed', state: { enum: ['stable', 'have-local-offer', 'have-remote-offer'] } }),
    object({ type: 'hung' }),
    object({ type: 'engine-closed' }),
    object({ type: 'timer' }),
    object({ type: 'link-failed' }),
    object({ type: 'repeat' }),
  ),
  output: oneOf(
    object({ type: 'perform', operation: 'createOffer', iceRestart: boolean, 'receive?': needs }),
    object({ type: 'perform', operation: { enum: ['applyOffer', 'applyAnswer'] }, description: use('description') }),
    object({ type: 'perform', operation: { enum: ['createAnswer', 'rollback'] } }),
    object({ type: 'add-candidate', candidate: use('candidate') }),
    object({ type: 'send', message: use('message') }),
    object({ type: { enum: ['start-timer', 'stop-timer'] }, timer: { enum: ['answer', 'grant', 'turn', 'lease'] } }),
    object({ type: 'report', code: { enum: reportCodes } }),
  ),
  automaton: object({
    options: object({ role, rollback, whileAsking }),
    states: listOf(object({ path: use('path'), context: object(context), on: mapOf(use('cell')) })),
  }),
  cell: oneOf(index, { type: 'array', prefixItems: [index], items: name, minItems: 1 }),
  run: object({
    automaton: index,
    steps: listOf(
      object({
        input: use('input'),
        event: { type: ['string', 'null'] },
        path: use('path'),
        outputs: listOf(use('output')),
      }),
    ),
  }),
};

const rules = object({
  context: object(Object.fromEntries(Object.entries(context).map(([field, values]) => [field, listOf(values)]))),
  guards: mapOf(listOf(use('pattern'))),
  flags: mapOf(listOf(object({ when: use('pattern'), sets: mapOf(scalar) }))),
  common: mapOf(use('moves')),
  states: mapOf(object({ entry: listOf(name), exit: listOf(name), always: use('moves'), on: mapOf(use('moves')) })),
});

/** Draft 2020-12. */
export const vectorsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Test vectors of Détente',
  $defs: definitions,
  ...object({
    format: 'detente-vectors',
    version: { const: 1 },
    events: mapOf(named),
    effects: mapOf(named),
    ignored: listOf(name),
    rules,
    automata: listOf(use('automaton')),
    limits: object({ candidates: index }),
    runs: listOf(use('run')),
  }),
} as const;
