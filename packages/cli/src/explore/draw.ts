/** A way through a model of two sides as a run to look at, told from what each step changed. */
import type { PathState, PathStep } from '@detente/checker/engine';
import {
  type Kind,
  type Pair,
  type Side,
  changesStop,
  describeMessage,
  kindOf,
  kinds,
  places,
  sideOf,
} from '@detente/checker/model';
import { type Role, counterpart } from '@detente/core';
import type { Happening, Lifeline, Run, RunEntry } from '@detente/diagrams';

/** The model must not be reduced, or messages would change their names on the way. */
export const toPicture = (pair: Pair, initial: PathState, steps: readonly PathStep[]): Run => {
  const underWay: Record<Side, Letter[]> = { left: [], right: [] };
  const lost = new Set<string>();
  const entries: RunEntry[] = [];
  let letters = 0;
  const post = (to: Side, state: PathState): readonly Happening[] =>
    mailTo(pair, to, state)
      .slice(underWay[to].length)
      .map(({ kind, label }) => {
        const letter = { message: `message ${(letters += 1)}`, kind, label };
        underWay[to].push(letter);
        return { type: 'send', to, ...letter };
      });

  for (const to of sides) {
    entries.push(...post(to, initial).map((happening) => ({ ...happening, on: otherSide[to], atMs: -1 })));
  }
  let before = initial;
  for (const [at, step] of steps.entries()) {
    if (step.move !== changesStop) {
      const side = sideOf(step.move);
      const other = otherSide[side];
      const kind = kindOf(step.move);
      const happenings: Happening[] = [];
      const taken = kind === kinds.receive ? underWay[side].shift() : undefined;
      if (taken) happenings.push({ type: 'receive', from: other, ...taken });
      happenings.push(...causes(kind, step.label.slice(side.length + 1)), ...changes(pair, side, before, step));
      happenings.push(...post(other, step));
      // Nobody takes in what is on its way to a session that is over.
      for (const to of sides) {
        if (mailTo(pair, to, step).length === 0) for (const { message } of underWay[to].splice(0)) lost.add(message);
      }
      entries.push(...happenings.map((happening) => ({ ...happening, on: side, atMs: at })));
    }
    before = step;
  }
  return {
    lifelines: sides.map((side) => toLifeline(pair, side, initial)),
    entries: entries.map((entry) =>
      entry.type === 'send' && lost.has(entry.message) ? { ...entry, lost: true } : entry,
    ),
  };
};

type Letter = Pick<Extract<Happening, { type: 'send' }>, 'message' | 'kind' | 'label'>;

const sides = ['left', 'right'] as const;
const otherSide = { left: 'right', right: 'left' } as const;

const toLifeline = (pair: Pair, side: Side, initial: PathState): Lifeline => {
  const role: Role = side === 'left' ? pair.parameters.role : counterpart[pair.parameters.role];
  return { id: side, name: side, role, path: nodeOf(pair, side, initial).endpoint.machine.path };
};

const nodeOf = ({ automaton }: Pair, side: Side, { state }: PathState) =>
  automaton.nodes.valueOf(state[places[side]] ?? 0);

/** The messages on their way to a side, the oldest first. */
const mailTo = ({ automaton }: Pair, to: Side, { state }: PathState): readonly Omit<Letter, 'message'>[] => {
  const queues = state[places.queues] ?? 0;
  return automaton.queues.valueOf(to === 'left' ? queues & 0xffff : queues >>> 16).map((number) => {
    const { message } = automaton.mails.valueOf(number);
    return { kind: message.kind, label: describeMessage(message) };
  });
};

const causes = (kind: Kind, words: string): readonly Happening[] => {
  switch (kind) {
    case kinds.receive:
      return [];
    case kinds.done:
    case kinds.doneUncarried:
      return [{ type: 'operation-over', outcome: 'done' }];
    case kinds.fail:
    case kinds.failHalf:
      return [{ type: 'operation-over', outcome: 'failed' }];
    case kinds.hang:
      return [{ type: 'operation-over', outcome: 'hung' }];
    case kinds.change:
    case kinds.followedChange:
    case kinds.restartIce:
    case kinds.close:
    case kinds.timer:
    case kinds.gather:
    case kinds.gatherPending:
    case kinds.restart:
    case kinds.engineCloses:
      return [{ type: 'note', text: words, tone: 'plain' }];
  }
};

const changes = (pair: Pair, side: Side, from: PathState, to: PathState): readonly Happening[] => {
  const [before, after] = [nodeOf(pair, side, from), nodeOf(pair, side, to)];
  const { path } = after.endpoint.machine;
  const { work } = after.engine;
  return [
    ...(path === before.endpoint.machine.path ? [] : [{ type: 'state', path } as const]),
    ...(work === null || work.operation === before.engine.work?.operation
      ? []
      : [{ type: 'operation', operation: work.operation } as const]),
  ];
};
