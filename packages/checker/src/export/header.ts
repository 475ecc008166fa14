/** What whoever opens an exported model must know first. */
import { assumptionsOf } from '../check/assumptions.ts';
import { counterpart } from '@detente/core';
import type { Claim, Tables } from './tables.ts';

/** `claimed`: the properties that the exported model has; `usage`: how to check it. */
export function header(name: string, tables: Tables, claimed: readonly Claim[], usage: string): string {
  const { parameters, distinctStates, transitions, nodes, dangers } = tables;
  const { role, rollback, whileAsking = 'answer' } = parameters;
  const canRollBack = (side: 'left' | 'right') => (rollback[side] ? 'can roll back' : 'cannot roll back');
  return `\
${name}

Written by \`detente export\`. Two sides of a WebRTC negotiation and what is between them: the left one is ${role}, on an
engine that ${canRollBack('left')}; the right one is ${counterpart[role]}, on an engine that ${canRollBack('right')}; who
asks for the floor ${whileAsking === 'answer' ? 'answers' : 'declines'} offers meanwhile.

The tables hold what each input makes of each of ${nodes.length} nodes, a node being an endpoint with its engine and its timer.
Every one of these steps was made by the code that ships. What is left to whoever reads this is how the sides come
together: in which order things happen, what is on its way, what may still go wrong, when a timer may fire, which ids are
in use, and what all this must never lead to. A step that is not in the tables ends the run: the explorer missed it.

The explorer of @detente/checker finds ${distinctStates} distinct states and ${transitions} transitions.

Assumptions:
${listed(assumptionsOf(parameters))}

Properties:
${listed(claimed.map(({ id, sentence }) => `${id}: ${sentence}`))}

Dangers that must be reached:
${listed(dangers.length === 0 ? ['none'] : dangers)}

${usage}`;
}

const listed = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
