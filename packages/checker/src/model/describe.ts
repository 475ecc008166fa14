/** Words for moves and states, for counterexamples. */
import type { Message } from '@detente/core';
import type { PackedState } from '../engine/index.ts';
import type { Automaton } from './automaton.ts';
import { changesStop, type Kind, kindOf, kinds, sideOf } from './moves.ts';
import type { Node } from './node.ts';

export function describeMove(automaton: Automaton, move: number, state: PackedState): string {
  if (move === changesStop) return 'no more changes';
  const side = sideOf(move);
  const node = automaton.nodes.valueOf(state[side === 'left' ? 0 : 1]!);
  const kind = kindOf(move);
  if (kind !== kinds.receive) return `${side} ${wordsFor(kind, node)}`;
  const queue = side === 'left' ? state[2]! & 0xffff : state[2]! >>> 16;
  const mail = automaton.mails.valueOf(automaton.queues.valueOf(queue)[0]!);
  return `${side} gets ${describeMessage(mail.message)}`;
}

function wordsFor(kind: Exclude<Kind, typeof kinds.receive>, { engine }: Node): string {
  const operation = engine.work?.operation ?? '';
  switch (kind) {
    case kinds.change:
      return 'changes something';
    case kinds.followedChange:
      return 'changes what we follow';
    case kinds.restartIce:
      return 'restarts ICE';
    case kinds.close:
      return 'closes';
    case kinds.done:
      return `${operation} done`;
    case kinds.doneUncarried:
      return `${operation} done, not carrying what is owed`;
    case kinds.fail:
      return `${operation} fails`;
    case kinds.failHalf:
      return `${operation} takes effect but yields nothing`;
    case kinds.hang:
      return `${operation || 'engine'} hangs`;
    case kinds.timer:
      return 'timer fires';
    case kinds.gather:
    case kinds.gatherPending:
      return 'finds a candidate';
    case kinds.restart:
      return 'is restarted';
    case kinds.engineCloses:
      return 'engine is closed';
  }
}

/** One message in a few words, as `offer 2 insists`. */
export function describeMessage(message: Message): string {
  switch (message.kind) {
    case 'offer':
      return `offer ${message.id}${message.insists ? ' insists' : ''}`;
    case 'answer':
      return `answer ${message.offer}${message.wants ? ' wants' : ''}`;
    case 'candidate':
      return 'offer' in message ? `candidate of offer ${message.offer}` : `candidate of answer ${message.answer}`;
    case 'request':
    case 'grant':
      return `${message.kind} ${message.request}`;
    case 'decline':
      return `decline ${message.offer} ${message.reason}`;
    case 'hello':
    case 'release':
    case 'bye':
      return message.kind;
  }
}

export function showState(automaton: Automaton, state: PackedState): string {
  const queue = (number: number) =>
    automaton.queues
      .valueOf(number)
      .map((mail) => describeMessage(automaton.mails.valueOf(mail).message))
      .join(', ');
  const [leftNode, rightNode] = [state[0]!, state[1]!].map((number) => showNode(automaton.nodes.valueOf(number)));
  return `${leftNode} | → ${queue(state[2]! >>> 16)} | ← ${queue(state[2]! & 0xffff)} | ${rightNode}`;
}

/** A node in a few words; others may have the same. */
export function showNode({ endpoint, engine, broken }: Node): string {
  const { path, context } = endpoint.machine;
  if (broken !== null) return `violates ${broken}`;
  if (path === 'closed') return path;
  const flags = (['owed', 'announced', 'awaited', 'held'] as const).filter((flag) => context[flag]);
  return [path, ...flags, engine.signaling, ...(engine.work ? [engine.work.operation] : [])].join(' ');
}
