/**
 * A model of two sides in Promela. The tables are C, since Promela has no constants that are not part of the state, and so
 * is what puts a step into effect. One process has one loop, each option of which is one move and leaves no state in
 * between, so that Spin's states and transitions are those of the explorer.
 */
import { fieldNames } from '../model/budget.ts';
import { premisesOf } from '../model/properties.ts';
import { header } from './header.ts';
import { functionsInC, judgementInC } from './promela-functions.ts';
import { isUnending, isUsed, type Move, movesOf } from './promela-moves.ts';
import { tablesInC } from './promela-tables.ts';
import { judgedOf, type Tables } from './tables.ts';

/** The text of a `.pml` file. `name` is that of the model. Throws `RangeError` where C's bytes do not suffice. */
export function toPromela(name: string, tables: Tables): string {
  if (tables.mails.length > 255) throw new RangeError('this model has more than 255 messages: lower its bounds');
  if (tables.nodes.length > 32_767) throw new RangeError('this model has more than 32,767 nodes: lower its bounds');
  const judged = judgedOf(tables);
  const moves = movesOf(tables);
  return [
    `/*\n${header(name, tables, judged, usage)}\n*/`,
    ...tablesInC(tables, judged).map((text) => `c_decl {\n${text}\n}`),
    variables(tables),
    `c_code {\n${functionsInC(tables)}\n\n${judgementInC(tables, judged, moves)}\n}`,
    process(moves),
  ]
    .map((text) => `${text}\n`)
    .join('\n');
}

const usage = `\
To visit every state; the depth is that of Spin's search, which goes deeper than the model is:

  spin -a detente.pml
  gcc -O2 -DSAFETY -o pan pan.c
  ./pan -m10000000

Spin counts the initial state among its "transitions (= stored+matched)": there is one more of them than above. At the
end stand one verdict for each property and one line for each danger; a danger that is not reached means that nothing
was shown. ./pan -c0 goes on behind a counterexample, ./pan -r tells it move by move, and -DBFS makes it a shortest one.

Where memory is short, compile with -DCOLLAPSE; where that is not enough, with -DBITSTATE, and run many that differ in
-k and -RS, or let Spin's companion swarm do so.

Liveness is not claimed here: it needs fairness of moves, and Spin knows fairness of processes alone. The export to TLA+
has it. The bounds of L3 and L4 are left to the explorer, which computes them.`;

const zeros = (length: number, first: readonly number[]): string =>
  Array.from({ length }, (_, place) => first[place] ?? 0).join(', ');

function variables({ parameters, initial: { left, right }, mostOnTheirWay: most }: Tables): string {
  const { budget } = parameters;
  const counters = fieldNames.filter((name) => isUsed(budget, name) && budget[name] !== 'endless');
  return [
    '/* The whole state. A queue holds messages by their numbers, the oldest first; 0 is a free place. */',
    `short left = ${left.node}, right = ${right.node};`,
    `byte toLeft[${most}] = { ${zeros(most, right.sends)} };`,
    `byte toRight[${most}] = { ${zeros(most, left.sends)} };`,
    ...(counters.length === 0
      ? []
      : [
          '/* What may still happen that need not. */',
          `byte ${counters.map((name) => `${name} = ${budget[name]}`).join(', ')};`,
        ]),
    ...(isUnending(budget)
      ? ['/* The application has promised that no change will follow. */', 'bool stopped = false;']
      : []),
    ...(premisesOf(parameters).isFaultless
      ? ['/* Something was reported, or a timer was needed, that should not be without faults. */', 'bool troubled;']
      : []),
  ].join('\n');
}

/** Spin takes a call for a side effect, unless it stands in parentheses. */
const process = (moves: readonly Move[]): string => `\
active proctype Sides() {
end:
  do
  :: d_step { c_expr { (isWrong()) } -> assert(false) }
${moves.map(({ guard, does }) => `  :: d_step { c_expr { (${guard}) } -> c_code { ${does} } }`).join('\n')}
  od
}`;
