/**
 * Two of core's endpoints on engines and a network of one line each, with a clock of their own: operations take `engineMs`,
 * messages `wireMs`. What they trace is what a session would trace.
 */
import {
  type Endpoint,
  type Input,
  type Message,
  type MachineOptions,
  type Operation,
  createEndpoint,
  endpointStep,
} from '@detente/core';
import type { TracedSide, TracedStep } from '@detente/diagrams';

export type Where = 'left' | 'right';

export interface Scenario {
  readonly left: MachineOptions;
  readonly right: MachineOptions;
  /** Default: after the roles. */
  readonly names?: Readonly<Record<Where, string>>;
  /** When the application changes something where, in ms. */
  readonly changes: readonly { readonly atMs: number; readonly on: Where }[];
  readonly engineMs?: number;
  readonly wireMs?: number;
  /** How often a message arrives. Default once. */
  readonly copies?: (message: Message, from: Where) => number;
  /** Whether an operation fails. Default never. */
  readonly fails?: (operation: Operation, on: Where) => boolean;
  /** Candidates that each side gathers after a description that it made. Default 0. */
  readonly candidates?: number;
}

interface Side {
  endpoint: Endpoint;
  trace: TracedStep[];
  signaling: 'stable' | 'have-local-offer' | 'have-remote-offer';
  /** Changes made, and those that the other side knows of. */
  made: number;
  pending: number;
  carried: number;
}

export const recordPair = (scenario: Scenario): readonly [TracedSide, TracedSide] => {
  const { engineMs = 2, wireMs = 5, copies = () => 1, fails = () => false, candidates = 0 } = scenario;
  const create = (options: MachineOptions): Side => ({
    endpoint: createEndpoint(options),
    trace: [],
    signaling: 'stable',
    made: 0,
    pending: 0,
    carried: 0,
  });
  const sides = { left: create(scenario.left), right: create(scenario.right) };
  const agenda = scenario.changes.map(({ atMs, on }) => ({ atMs, run: () => change(on, atMs) }));
  const later = (atMs: number, run: () => void) => void agenda.push({ atMs, run });

  const change = (where: Where, atMs: number) => {
    sides[where].made += 1;
    take(where, { type: 'change', certain: false }, atMs);
  };

  const take = (where: Where, input: Input, atMs: number) => {
    const side = sides[where];
    const [next, outputs] = endpointStep(side.endpoint, input);
    side.trace.push({ atMs, input, from: side.endpoint.machine.path, to: next.machine.path, outputs });
    side.endpoint = next;
    for (const output of outputs) {
      if (output.type === 'perform') {
        const begun = side.made;
        later(atMs + engineMs, () => finish(where, output.operation, begun, atMs + engineMs));
      }
      if (output.type === 'send') {
        const { message } = output;
        const other = where === 'left' ? 'right' : 'left';
        for (let copy = 0; copy < copies(message, where); copy++) {
          const arrives = atMs + wireMs + copy * 3 * engineMs;
          later(arrives, () => take(other, { type: 'message', message }, arrives));
        }
      }
    }
  };

  const finish = (where: Where, operation: Operation, begun: number, atMs: number) => {
    const side = sides[where];
    if (fails(operation, where)) return take(where, { type: 'failed', state: side.signaling }, atMs);
    const offers = operation === 'createOffer';
    if (offers) side.pending = begun;
    if (operation === 'applyAnswer') side.carried = side.pending;
    // An offerer that was asked makes an offer with room for what it was asked for.
    if (operation === 'createAnswer' && scenario[where].role === 'answerer') side.carried = begun;
    side.signaling = offers ? 'have-local-offer' : operation === 'applyOffer' ? 'have-remote-offer' : 'stable';
    const type = offers ? 'offer' : operation === 'createAnswer' ? 'answer' : undefined;
    const done = { type: 'done', needed: side.carried < side.made } as const;
    take(where, type ? { ...done, description: { type, sdp: 'a=ice-ufrag:x' } } : done, atMs);
    if (!type) return;
    for (let number = 1; number <= candidates; number++) {
      const candidate = { candidate: `candidate:${number} 1 udp 1 198.51.100.${number} 9 typ host`, sdpMid: '0' };
      later(atMs + number, () => take(where, { type: 'candidate', candidate }, atMs + number));
    }
  };

  while (agenda.length > 0) {
    const earliest = agenda.reduce((one, other) => (other.atMs < one.atMs ? other : one));
    agenda.splice(agenda.indexOf(earliest), 1);
    earliest.run();
  }
  const toSide = (id: Where): TracedSide => {
    const { role } = scenario[id];
    const name = scenario.names?.[id] ?? (scenario.left.role === scenario.right.role ? id : role);
    return { id, name, role, trace: sides[id].trace };
  };
  return [toSide('left'), toSide('right')];
};
