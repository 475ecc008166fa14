/** Refuses models and limits that make no sense, with messages that say what to change, before any work is done. */
import { CheckerError } from './errors.ts';
import { mostGroups } from './fairness.ts';
import { needsGraph } from './graph.ts';
import type { Model } from './model.ts';
import type { Limits } from './search.ts';

/** Id of the property that every model has. */
export const deadlockId = 'no-deadlock';

/** Throws `CheckerError` unless the model and the limits are sound as far as can be seen from outside. */
export function validate(model: Model, limits: Limits): void {
  if (!Number.isInteger(model.words) || model.words < 1) {
    throw new CheckerError('bad-model', `a state has a whole number of words, at least 1, not ${model.words}`);
  }
  const ids = [deadlockId, ...model.properties.map(({ id }) => id)];
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw new CheckerError('bad-model', `two properties have the id ${repeated}`);
  for (const property of model.properties) {
    const groups = 'fairness' in property ? (property.fairness?.length ?? 0) : 0;
    if (groups > mostGroups) {
      throw new CheckerError(
        'bad-model',
        `${property.id} assumes ${groups} kinds of fairness; ${mostGroups} are the most`,
      );
    }
  }
  if (model.canonicalise !== undefined && needsGraph(model)) {
    throw new CheckerError(
      'symmetry-hides-cycles',
      'under symmetry reduction moves lose their identity in cycles; leave out canonicalise, or the properties about runs',
    );
  }
  for (const limit of ['maxStates', 'maxBytes'] as const) {
    const value = limits[limit] ?? 1;
    if (!(value > 0)) throw new CheckerError('bad-limits', `${limit} must be above 0, not ${value}`);
  }
}
