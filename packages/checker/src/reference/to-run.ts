/** A path through a model of plain objects as a run to look at; its shape is that of the sequence diagrams. */
import type { MessageKind, Operation, StatePath } from '@detente/core';
import type { Path } from '../engine/index.ts';
import { type ObjectModel, type ObjectStep, retrace, type Sight } from './object-model.ts';

/** What happens on a lifeline. Fits `Happening` of `@detente/diagrams`. */
export type Happening =
  | ({ readonly type: 'send'; readonly to: string; readonly lost?: boolean } & Letter)
  | ({ readonly type: 'receive'; readonly from: string } & Letter)
  | { readonly type: 'state'; readonly path: StatePath }
  | { readonly type: 'operation'; readonly operation: Operation }
  | { readonly type: 'operation-over'; readonly outcome: 'done' | 'failed' }
  | { readonly type: 'note'; readonly text: string; readonly tone: 'plain' | 'trouble' };

export interface Letter {
  readonly message: string;
  readonly kind: MessageKind;
  readonly label: string;
}

/** Fits `Run` of `@detente/diagrams`. */
export interface ReferenceRun {
  readonly title: string;
  readonly lifelines: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  readonly entries: readonly (Happening & { readonly on: string; readonly atMs: number })[];
}

export interface Frame extends Omit<ReferenceRun, 'entries'> {
  /** By lifeline, what is wrong in the end. */
  readonly ending: Readonly<Record<string, string>>;
}

export function toRun<S>(objects: ObjectModel<S>, path: Path, { title, lifelines, ending }: Frame): ReferenceRun {
  const underWay = new Map<string, (Letter & { readonly from: string })[]>(lifelines.map(({ id }) => [id, []]));
  const lost = new Set<string>();
  let letters = 0;
  let paths = objects.paths(objects.initial);

  const see = (sight: Sight, on: string): readonly Happening[] => {
    const inbox = underWay.get(on)!;
    switch (sight.type) {
      case 'send': {
        const { to, kind, label } = sight;
        const letter = { message: `message ${(letters += 1)}`, kind, label };
        underWay.get(to)!.push({ ...letter, from: on });
        return [{ type: 'send', to, ...letter }];
      }
      case 'receive':
        return [{ type: 'receive', ...inbox.shift()! }];
      case 'lose':
        lost.add(inbox.shift()!.message);
        return [];
      case 'copy':
        inbox.unshift(inbox[0]!);
        return [];
      case 'operation':
      case 'operation-over':
      case 'note':
        return [sight];
    }
  };
  const moves = ({ to, on }: ObjectStep<S>): readonly Happening[] => {
    const before = paths[on];
    paths = objects.paths(to);
    return paths[on] === before ? [] : [{ type: 'state', path: paths[on]! }];
  };

  const entries = retrace(objects, path).flatMap((step, atMs) => {
    const seen = step.sights.flatMap((sight) => see(sight, step.on));
    const isSent = ({ type }: Happening) => type === 'send';
    const inOrder = [...seen.filter((one) => !isSent(one)), ...moves(step), ...seen.filter(isSent)];
    return inOrder.map((happening) => ({ ...happening, on: step.on, atMs }));
  });
  const ends = Object.entries(ending).map(
    ([on, text]) => ({ type: 'note', text, tone: 'trouble', on, atMs: Infinity }) as const,
  );
  return {
    title,
    lifelines,
    entries: [...entries, ...ends].map((entry) =>
      entry.type === 'send' && lost.has(entry.message) ? { ...entry, lost: true } : entry,
    ),
  };
}
