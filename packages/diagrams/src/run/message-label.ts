/** Messages in a few words, as they stand on an arrow; and what makes two copies of a message the same message. */
import type { Message } from '@detente/core';

/** Such as `offer #3`, `answer #3 wants`, `decline #2 busy`. */
export const messageLabel = (message: Message): string => {
  switch (message.kind) {
    case 'offer':
      return `offer #${message.id}${message.insists ? ' insists' : ''}`;
    case 'answer':
      return `answer #${message.offer}${message.wants ? ' wants' : ''}`;
    case 'decline':
      return `decline #${message.offer} ${message.reason}`;
    case 'request':
      return `request #${message.request}`;
    case 'grant':
      return `grant #${message.request}`;
    case 'candidate':
      return candidatesLabel([message]);
    case 'hello':
    case 'release':
    case 'bye':
      return message.kind;
  }
};

export type CandidateMessage = Extract<Message, { kind: 'candidate' }>;

/** Such as `4 candidates`. End-of-candidates is no candidate. */
export const candidatesLabel = (messages: readonly CandidateMessage[]): string => {
  const count = messages.filter(({ candidate }) => candidate.candidate !== '').length;
  if (count === 0) return 'end of candidates';
  return count === 1 ? '1 candidate' : `${count} candidates`;
};

/** Equal for a message and its repetitions. */
export const messageKey = (message: Message): string => {
  switch (message.kind) {
    case 'offer':
      return messageLabel({ ...message, insists: false });
    case 'answer':
      return messageLabel({ ...message, wants: false });
    case 'candidate': {
      const of = 'offer' in message ? `offer ${message.offer}` : `answer ${message.answer}`;
      const { candidate, sdpMid, sdpMLineIndex } = message.candidate;
      return ['candidate', of, sdpMid, sdpMLineIndex, candidate].join();
    }
    case 'request':
    case 'grant':
    case 'decline':
    case 'hello':
    case 'release':
    case 'bye':
      return messageLabel(message);
  }
};
