/** What is said in a terminal about one model. */
import { type ModelResult, type PropertyResult, holds } from '@detente/checker';
import colors from 'picocolors';

/** A line of figures, and what failed with its counterexample. */
export const describeResult = (result: ModelResult): readonly string[] => {
  const { model, bound, distinctStates, transitions, depth, seconds, properties, stopped } = result;
  const undecided = properties.filter(({ verdict }) => verdict === 'undecided').map(({ id }) => id);
  const bounds = properties.flatMap(({ id, bound }) => (bound === undefined ? [] : [`${id} bound ${bound}`]));
  const figures = [
    `${distinctStates} states`,
    `${transitions} transitions`,
    `depth ${depth}`,
    `${seconds.toFixed(2)} s`,
    ...bounds,
  ];
  return [
    `${holds(result) ? colors.green('✓') : colors.red('✗')} ${colors.bold(model)} ${colors.dim(figures.join(', '))}`,
    ...(stopped === undefined ? [] : [`  ${stopped}`, `  its bounds: ${JSON.stringify(bound)}`]),
    ...(undecided.length === 0 ? [] : [`  ${colors.yellow('undecided')}: ${undecided.join(', ')}`]),
    ...properties.flatMap((property) => (isFound(property) ? describeFailure(property) : [])),
  ];
};

const isFound = ({ holds: held, verdict }: PropertyResult): boolean => !held && verdict !== 'undecided';

const describeFailure = ({ id, verdict, sentence, counterexample }: PropertyResult): readonly string[] => [
  `  ${colors.red(id)} ${verdict}: ${sentence}`,
  ...(counterexample === undefined ? [] : counterexample.split('\n').map((line) => `    ${line}`)),
];
