/** What happens between two ends, in a few words each. */
import type { Frame } from './signaling-channel.ts';
import type { EngineWork } from './virtual/schedule.ts';

/** Such as `left-1 setRemoteDescription(offer)`. */
export const workLabel = (work: EngineWork): string =>
  `${work.peer} ${work.name}${'type' in work ? `(${work.type})` : ''}`;

/** Such as `left → right offer`, from any wire's JSON. */
export const frameLabel = ({ from, to, message }: Frame): string => `${from} → ${to} ${messageKind(message)}`;

/** `offer`, `answer`, `candidate`, or whatever a message calls itself. */
export const messageKind = (message: object): string => {
  const { kind, description, candidate, type } = message as {
    readonly kind?: unknown;
    readonly description?: { readonly type?: unknown };
    readonly candidate?: unknown;
    readonly type?: unknown;
  };
  return String(kind ?? description?.type ?? (candidate !== undefined ? 'candidate' : (type ?? 'message')));
};
