/**
 * What travels on the socket: JSON text frames. Negotiation messages are opaque here; the session checks them with its
 * own schema.
 */
import * as v from 'valibot';
import { sfuErrorCodes } from './errors.ts';

const negotiation = v.object({
  type: v.literal('negotiation'),
  message: v.custom<object>((input) => typeof input === 'object' && input !== null, 'Expected an object'),
});

const clientMessage = negotiation;

const serverMessage = v.variant('type', [
  negotiation,
  /** The first message on every socket. */
  v.object({ type: v.literal('welcome'), client: v.string() }),
  /** What the client did wrong, or why its connection is about to end. */
  v.object({ type: v.literal('error'), code: v.picklist(sfuErrorCodes), message: v.string() }),
]);

export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type ServerMessage = v.InferOutput<typeof serverMessage>;

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

const parserOf =
  <T>(schema: v.GenericSchema<unknown, T>) =>
  (frame: string): Parsed<T> => {
    let json: unknown;
    try {
      json = JSON.parse(frame);
    } catch {
      return { ok: false, reason: 'The frame is not JSON.' };
    }
    const result = v.safeParse(schema, json);
    if (result.success) return { ok: true, value: result.output };
    const [issue] = result.issues;
    return { ok: false, reason: `${issue.message} at ${v.getDotPath(issue) ?? 'the top'}.` };
  };

/** Never throws. */
export const parseClientMessage = parserOf(clientMessage);

/** Never throws. */
export const parseServerMessage = parserOf(serverMessage);
