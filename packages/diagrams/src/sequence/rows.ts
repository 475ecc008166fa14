/**
 * In which row each beat stands. Rows keep the order of each lifeline, and what is sent above what is received. Within
 * that, a message that passes no other is drawn level, in one row, however long it took; so what slants is what matters.
 */
import type { Beat } from './beats.ts';
import { type Delivery, cross } from './deliveries.ts';

/** For each beat its row, counting from 0. */
export const toRows = (beats: readonly Beat[], deliveries: readonly Delivery[]): readonly number[] => {
  const groups = level(beats, deliveries);
  const rows: (readonly number[])[] = [];
  for (const group of inOrder(groups.members, predecessors(beats, deliveries, groups.of)) ?? []) {
    const last = rows.at(-1);
    if (last && haveRoomTogether(beats, last, group)) rows[rows.length - 1] = [...last, ...group];
    else rows.push(group);
  }
  const rowOf: number[] = beats.map(() => 0);
  for (const [row, members] of rows.entries()) for (const beat of members) rowOf[beat] = row;
  return rowOf;
};

interface Groups {
  /** For each beat its group. */
  readonly of: readonly number[];
  /** For each group its beats, ascending; empty when it was merged into another. */
  readonly members: readonly (readonly number[])[];
}

const level = (beats: readonly Beat[], deliveries: readonly Delivery[]): Groups => {
  let groups: Groups = { of: beats.map((_, index) => index), members: beats.map((_, index) => [index]) };
  for (const delivery of deliveries) {
    const { sent, received, again } = delivery;
    if (sent === undefined || received === undefined || again) continue;
    if (deliveries.some((other) => !other.again && cross(delivery, other))) continue;
    const merged = merge(groups, sent, received);
    // Among three lifelines, a message can be overtaken by way of the third.
    if (inOrder(merged.members, predecessors(beats, deliveries, merged.of))) groups = merged;
  }
  return groups;
};

const merge = ({ of, members }: Groups, one: number, other: number): Groups => {
  const [kept, gone] = [of[one] as number, of[other] as number];
  const together = [...(members[kept] ?? []), ...(members[gone] ?? [])].toSorted((left, right) => left - right);
  return {
    of: of.map((group) => (group === gone ? kept : group)),
    members: members.map((beats, group) => (group === kept ? together : group === gone ? [] : beats)),
  };
};

/** For each group the groups that must stand above it. */
const predecessors = (
  beats: readonly Beat[],
  deliveries: readonly Delivery[],
  groupOf: readonly number[],
): readonly ReadonlySet<number>[] => {
  const above = beats.map(() => new Set<number>());
  const put = (upper: number | undefined, lower: number | undefined) => {
    if (upper === undefined || lower === undefined) return;
    const [from, to] = [groupOf[upper] as number, groupOf[lower] as number];
    if (from !== to) above[to]?.add(from);
  };
  const lasts = new Map<number, number>();
  for (const [index, { lifeline }] of beats.entries()) {
    put(lasts.get(lifeline), index);
    lasts.set(lifeline, index);
  }
  for (const { sent, received } of deliveries) put(sent, received);
  return above;
};

/** The groups from top to bottom, the earliest first where there is a choice; `undefined` if they go round in a circle. */
const inOrder = (
  members: readonly (readonly number[])[],
  above: readonly ReadonlySet<number>[],
): readonly (readonly number[])[] | undefined => {
  const waiting = new Set([...members.keys()].filter((group) => members[group]?.length));
  const ordered: (readonly number[])[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find((group) => ![...(above[group] ?? [])].some((upper) => waiting.has(upper)));
    if (next === undefined) return undefined;
    waiting.delete(next);
    ordered.push(members[next] as readonly number[]);
  }
  return ordered;
};

/** Neighbouring rows share one if they are about different lifelines and at most one of them has an arrow. */
const haveRoomTogether = (beats: readonly Beat[], one: readonly number[], other: readonly number[]): boolean => {
  const lifelines = (row: readonly number[]) => row.map((beat) => beats[beat]?.lifeline);
  const isAlone = (row: readonly number[]) => row.some((beat) => beats[beat]?.alone);
  const hasArrow = (row: readonly number[]) => row.some((beat) => beats[beat]?.arrow);
  const shared = lifelines(one).some((lifeline) => lifelines(other).includes(lifeline));
  return !shared && !isAlone(one) && !isAlone(other) && !(hasArrow(one) && hasArrow(other));
};
