/**
 * Why an input may lead to nothing at all. Whatever is not listed here must change something, ask for something or be
 * reported (S6).
 */
import { type Endpoint, type Input, type Message, ownerOf, whyIgnored } from '@detente/core';

export function reasonToIgnore({ machine, registers }: Endpoint, input: Input): string | null {
  if (machine.path === 'closed') return 'the session is over';
  switch (input.type) {
    case 'message':
      return reasonToIgnoreMessage({ machine, registers }, input.message);
    case 'hello':
      return whyIgnored(machine, { type: 'remote.hello', arbiter: input.arbiter }) ?? null;
    case 'change':
    case 'restart-ice':
      return machine.context.owed ? 'a change is owed already' : null;
    case 'candidate':
      return 'its description was taken back';
    case 'repeat':
      return 'nothing is out';
    case 'timer':
      return whyIgnored(machine, { type: 'timer.fired' }) ?? null;
    case 'close':
    case 'unfit':
    case 'done':
    case 'failed':
    case 'hung':
    case 'engine-closed':
    case 'link-failed':
      return null;
  }
}

function reasonToIgnoreMessage(
  { machine, registers }: Pick<Endpoint, 'machine' | 'registers'>,
  message: Message,
): string | null {
  const { remote } = registers;
  const { awaited } = machine.context;
  switch (message.kind) {
    case 'offer': {
      const known = [remote.held?.id, remote.applying?.id];
      if (known.includes(message.id)) return 'a copy of the offer in hand';
      const isAnswered = registers.exchange?.part === 'answer' && registers.exchange.id === message.id;
      return isAnswered && registers.trail?.message.kind !== 'answer' ? 'answered, and more was said since' : null;
    }
    case 'candidate': {
      const of =
        'offer' in message
          ? ({ part: 'offer', id: message.offer } as const)
          : ({ part: 'answer', id: message.answer } as const);
      return ownerOf(registers, of, message.candidate) === 'dead' ? 'its description is no more' : null;
    }
    case 'request':
      return awaited ? 'asked for already' : null;
    case 'release':
      return awaited ? null : 'nothing was awaited';
    case 'hello':
      return 'who we talk to is known';
    case 'answer':
    case 'grant':
    case 'decline':
    case 'bye':
      return null;
  }
}
