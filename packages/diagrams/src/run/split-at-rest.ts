/** Cutting a long run into the conversations that it consists of. */
import type { Run, RunEntry } from './run.ts';

/**
 * The parts of a run between the moments at which every lifeline is `stable` and no message is under way, in order. Each is
 * a run of its own. Nothing is left out: what changes no state is joined to the part after it.
 */
export const splitAtRest = (run: Run): readonly Run[] => {
  const parts: RunEntry[][] = [[]];
  const active = new Set(run.lifelines.flatMap(({ id, path = 'stable' }) => (isRest(path) ? [] : [id])));
  const underWay = new Set<string>();
  const received = new Set(run.entries.flatMap((entry) => (entry.type === 'receive' ? [entry.message] : [])));
  let moved = false;
  for (const [index, entry] of run.entries.entries()) {
    parts.at(-1)?.push(entry);
    if (entry.type === 'send' && received.has(entry.message)) underWay.add(entry.message);
    if (entry.type === 'receive') underWay.delete(entry.message);
    if (entry.type === 'state') {
      moved = true;
      if (isRest(entry.path)) active.delete(entry.on);
      else active.add(entry.on);
    }
    const following = run.entries[index + 1];
    const stepGoesOn = following && following.on === entry.on && following.atMs === entry.atMs;
    if (moved && active.size === 0 && underWay.size === 0 && following && !stepGoesOn) {
      parts.push([]);
      moved = false;
    }
  }
  const paths = new Map(run.lifelines.map(({ id, path }) => [id, path]));
  return parts.map((entries) => {
    const lifelines = run.lifelines.map((lifeline) => ({ ...lifeline, path: paths.get(lifeline.id) }));
    for (const entry of entries) if (entry.type === 'state') paths.set(entry.on, entry.path);
    return { ...run, lifelines, entries };
  });
};

const isRest = (path: string): boolean => path === 'stable' || path === 'closed';
