/**
 * The messages that go one way between two traced sides, with a name and a label each. Candidates that follow each other
 * are one message, which leaves and arrives with its first.
 */
import type { MessageKind } from '@detente/core';
import { type CandidateMessage, candidatesLabel, messageLabel } from './message-label.ts';
import { pairMessages } from './pair-messages.ts';
import { type Passage, type TracedSide, receivedBy, sentBy } from './traced.ts';

export interface Letter {
  readonly message: string;
  readonly kind: MessageKind;
  readonly label: string;
}

export interface Mail {
  /** By the sender's step, in the order of sending. */
  readonly departures: ReadonlyMap<number, readonly (Letter & { readonly lost: boolean })[]>;
  /** By the receiver's step. `sentIn`: the sender's step, unless nobody is known to have sent it. */
  readonly arrivals: ReadonlyMap<number, Letter & { readonly sentIn?: number | undefined }>;
}

export const mailBetween = (from: TracedSide, to: TracedSide): Mail => {
  const [sent, received] = [sentBy(from), receivedBy(to)];
  const partners = pairMessages(sent, received);
  const batches = toBatches(sent);
  const batchOf = new Map(batches.flatMap((batch) => batch.members.map((member) => [member, batch] as const)));
  const delivered = new Set(partners.map((partner) => batchOf.get(partner ?? -1)));
  const letterOf = ({ members, passages }: Batch): Letter => ({
    message: `${from.id} ${members[0]}`,
    kind: passages[0]?.message.kind ?? 'candidate',
    label: labelOf(passages),
  });

  const departures = new Map<number, (Letter & { lost: boolean })[]>();
  for (const batch of batches) {
    const step = batch.passages[0]?.step ?? 0;
    departures.set(step, [...(departures.get(step) ?? []), { ...letterOf(batch), lost: !delivered.has(batch) }]);
  }

  const arrivals = new Map<number, Letter & { sentIn?: number | undefined }>();
  const arrived = new Set<Batch>();
  for (const [index, passage] of received.entries()) {
    const batch = batchOf.get(partners[index] ?? -1);
    if (batch && passage.message.kind === 'candidate' && arrived.has(batch)) continue;
    if (batch) arrived.add(batch);
    const letter = batch
      ? { ...letterOf(batch), sentIn: batch.passages[0]?.step }
      : { ...letterOf({ members: [], passages: [passage] }), message: `${to.id} from nowhere ${index}` };
    arrivals.set(passage.step, letter);
  }
  return { departures, arrivals };
};

/** One message, or candidates that follow each other; `members` are their places among all that were sent. */
interface Batch {
  readonly members: readonly number[];
  readonly passages: readonly Passage[];
}

const toBatches = (sent: readonly Passage[]): readonly Batch[] => {
  const batches: { members: number[]; passages: Passage[] }[] = [];
  for (const [index, passage] of sent.entries()) {
    const last = batches.at(-1);
    if (passage.message.kind === 'candidate' && last?.passages[0]?.message.kind === 'candidate') {
      last.members.push(index);
      last.passages.push(passage);
    } else batches.push({ members: [index], passages: [passage] });
  }
  return batches;
};

const labelOf = (passages: readonly Passage[]): string => {
  const candidates = passages.map(({ message }) => message).filter((message) => message.kind === 'candidate');
  if (candidates.length > 0) return candidatesLabel(candidates as readonly CandidateMessage[]);
  return passages.map(({ message }) => messageLabel(message)).join();
};
