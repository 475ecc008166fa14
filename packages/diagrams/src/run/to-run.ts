/** From the traces of sessions to one run: their steps in an order that lets nothing arrive before it was sent. */
import type { Input, StatePath } from '@detente/core';
import { type Mail, mailBetween } from './mail.ts';
import type { Happening, Lifeline, Run, RunEntry } from './run.ts';
import type { TracedSide, TracedStep } from './traced.ts';

/**
 * Merges what the sessions traced. Messages are paired by kind and id, candidates that follow each other become one message
 * (`4 candidates`), and steps that only gather or add candidates are left out. Throws a `RangeError` when a side's `peer`
 * is not among the sides.
 *
 * ```ts
 * const run = toRun([
 *   { id: 'left', name: 'client', role: 'requester', trace: clientTrace },
 *   { id: 'right', name: 'SFU', role: 'arbiter', trace: serverTrace },
 * ]);
 * console.log(toText(run));
 * ```
 */
export const toRun = (sides: readonly TracedSide[], title?: string): Run => {
  const peers = sides.map((side, index) => peerOf(sides, side, index));
  const outgoing = sides.map((side, index) => mailBetween(side, sides[peers[index] as number] as TracedSide));
  const entries: RunEntry[] = [];
  const next = sides.map(() => 0);

  const heads = () =>
    sides.flatMap((side, index) => {
      const number = next[index] as number;
      const step = side.trace[number];
      const peer = peers[index] as number;
      const incoming = outgoing[peer] as Mail;
      const sentIn = incoming.arrivals.get(number)?.sentIn;
      if (!step) return [];
      const atMs = step.atMs + (side.offsetMs ?? 0);
      return [
        {
          index,
          number,
          step,
          side,
          peer,
          incoming,
          atMs,
          ready: sentIn === undefined || sentIn < (next[peer] as number),
        },
      ];
    });

  for (let ahead = heads(); ahead.length > 0; ahead = heads()) {
    // Clocks that disagree badly can make every head wait for another; then the earliest goes.
    const [head] = ahead.toSorted((one, other) => Number(other.ready) - Number(one.ready) || one.atMs - other.atMs);
    if (!head) break;
    const { index, number, step, side, incoming, atMs } = head;
    const peer = (sides[head.peer] as TracedSide).id;
    const arrival = incoming.arrivals.get(number);
    const departures = outgoing[index]?.departures.get(number) ?? [];
    const on = { on: side.id, atMs };
    if (arrival) {
      const { message, kind, label } = arrival;
      entries.push({ ...on, type: 'receive', message, from: peer, kind, label });
    }
    for (const happening of happenings(step)) entries.push({ ...on, ...happening });
    for (const departure of departures) entries.push({ ...on, type: 'send', to: peer, ...departure });
    next[index] = number + 1;
  }
  return { title, lifelines: sides.map(toLifeline), entries };
};

const peerOf = (sides: readonly TracedSide[], { id, peer }: TracedSide, index: number): number => {
  const found = peer === undefined ? index ^ 1 : sides.findIndex((side) => side.id === peer);
  if (sides[found] === undefined) throw new RangeError(`the side that ${id} talks to is not in the run`);
  return found;
};

const toLifeline = ({ id, name, role, trace }: TracedSide): Lifeline => ({ id, name, role, path: trace[0]?.from });

/** What a step is to the eye, other than messages. */
const happenings = ({ input, from, to, outputs }: TracedStep): readonly Happening[] => [
  ...operationOver(input),
  ...cause(input, from, to),
  ...outputs.flatMap((output): Happening[] =>
    output.type === 'report' ? [{ type: 'note', text: output.code, tone: 'trouble' }] : [],
  ),
  ...(from === to ? [] : [{ type: 'state', path: to } as const]),
  ...outputs.flatMap((output): Happening[] =>
    output.type === 'perform' ? [{ type: 'operation', operation: output.operation }] : [],
  ),
];

const operationOver = ({ type }: Input): readonly Happening[] =>
  type === 'done' || type === 'failed' || type === 'hung' ? [{ type: 'operation-over', outcome: type }] : [];

const cause = (input: Input, from: StatePath, to: StatePath): readonly Happening[] => {
  switch (input.type) {
    case 'change':
      return [note('change')];
    case 'restart-ice':
      return [note('ICE restart')];
    case 'hello':
      return [note(input.arbiter ? 'hello: arbiter' : 'hello: requester')];
    case 'message':
      if (input.message.kind === 'offer' && isOffering(from)) return [note('glare')];
      return input.message.kind === 'grant' && to === 'local-offer-pending.creating' ? [note('granted')] : [];
    case 'repeat':
      return [note('reconnected')];
    case 'close':
    case 'unfit':
    case 'candidate':
    case 'done':
    case 'failed':
    case 'hung':
    case 'engine-closed':
    case 'timer':
    case 'link-failed':
      return [];
  }
};

const note = (text: string) => ({ type: 'note', text, tone: 'plain' }) as const;

/** An offer of ours is being made or is out, and the other side has not answered it. */
const isOffering = (path: StatePath): boolean =>
  path === 'local-offer-pending.creating' || path === 'local-offer-pending.awaiting-answer';
