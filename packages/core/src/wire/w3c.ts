/**
 * The wire of the W3C's example and of MDN: `{ description }` and `{ candidate }`. It has no word for wants, so a polite
 * side may be overtaken more often than on the native wire. Spec: w3c.github.io/webrtc-pc/#perfect-negotiation-example
 */
import * as v from 'valibot';
import {
  type Codec,
  candidateSchema,
  descriptionSchema,
  meaning,
  parseFrame,
  refuseFrame,
  toAnswerMessage,
  toOfferMessage,
  toRemoteCandidate,
} from './codec.ts';

const frameSchema = v.union([
  v.object({ description: descriptionSchema }),
  v.object({ candidate: v.nullable(candidateSchema) }),
]);

/** Stateless. Frames that are neither are refused. */
export const w3cCodec: Codec = {
  roles: ['polite', 'impolite'],
  encode(message) {
    switch (message.kind) {
      case 'offer':
      case 'answer':
        return [{ description: message.description }];
      case 'candidate':
        return [{ candidate: message.candidate }];
      default:
        return [];
    }
  },
  decode(frame, endpoint) {
    const parsed = parseFrame(frameSchema, frame);
    if (!parsed) return refuseFrame('it is neither { description } nor { candidate }');
    if ('candidate' in parsed) return meaning(toRemoteCandidate(endpoint, parsed.candidate ?? { candidate: '' }));
    const { description } = parsed;
    return meaning(
      description.type === 'offer' ? toOfferMessage(endpoint, description) : toAnswerMessage(endpoint, description),
    );
  },
};
