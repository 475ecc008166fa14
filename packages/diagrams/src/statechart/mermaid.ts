/** The statechart as Mermaid. */
import type { Role } from '@detente/core';
import { childOf, parentOf } from '../state-path.ts';
import { type ChartState, type Line, type Statechart, toStatechart } from './chart.ts';

/**
 * The machine as a Mermaid `stateDiagram-v2`, ending in a line break: of one role, without the states that it never reaches,
 * or of all roles together. The same machine gives the same text. Every state is explored, which takes a second or so.
 */
export const toStatechartMermaid = (role?: Role): string => writeStatechart(toStatechart(role));

export const writeStatechart = ({ title, states, edges, endings }: Statechart): string => {
  const groups = [...new Set(states.map(({ path }) => parentOf(path)))];
  const lines = groups.flatMap((name) => {
    const inner = states.filter(({ path }) => parentOf(path) === name).flatMap(declare);
    if (name === undefined) return inner;
    return [`state "${name}" as ${alias(name)} {`, ...inner.map((line) => `  ${line}`), '}'];
  });
  const body = [
    ...lines,
    '[*] --> stable',
    ...edges.map(
      ({ from, to, lines: reasons }) => `${alias(from)} --> ${alias(to)}: ${reasons.map(words).join('<br>')}`,
    ),
    'stable --> closed: from any state',
    'closed --> [*]',
    'note right of closed',
    ...endings.map((line) => `  ${line}`),
    'end note',
  ];
  return [
    '---',
    `title: ${JSON.stringify(title)}`,
    '---',
    'stateDiagram-v2',
    ...body.map((line) => `  ${line}`),
    '',
  ].join('\n');
};

const alias = (path: string): string => path.replaceAll(/[-.]/g, '_');

const declare = ({ path, description, reactions }: ChartState): readonly string[] => [
  `state "${[childOf(path), description, ...reactions.map(words)].join('<br>')}" as ${alias(path)}`,
];

const words = ({ event, guard, effect }: Line): string =>
  [event, guard === '' ? '' : `[${guard}]`, effect === '' ? '' : `/ ${effect}`].filter((word) => word !== '').join(' ');
