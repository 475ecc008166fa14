/** A crew without threads: its members take turns in this one, in an order that the test chooses. */
import { reserveCrewMemory } from '../../../src/engine/crew-memory.ts';
import { Member } from '../../../src/engine/member.ts';
import { Together } from '../../../src/engine/together.ts';
import type { Model } from '../../../src/engine/index.ts';

/** `turns` lists the ranks of the members in the order in which they perform each phase. */
export function simulatedCrew(model: Model, turns: readonly number[]): Together {
  const memory = reserveCrewMemory(model, turns.length);
  const members = turns.map((_, rank) => new Member(model, memory, rank, turns.length));
  return new Together(members[0]!, memory, (phase) => turns.forEach((rank) => members[rank]!.perform(phase)), 0);
}
