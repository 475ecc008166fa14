/** One move of an endpoint: classify the input, step the machine, give its effects their payload. */
import type { Effect } from '../machine/effects.ts';
import { step } from '../step.ts';
import { classify } from './classify.ts';
import type { Endpoint, Input, Output } from './endpoint.ts';
import { perform, repeatTrail, repeatWhatIsOut, sendLocalCandidate, settleRemoteCandidates } from './perform.ts';

/**
 * **Ordering**: outputs are to be performed in order. An operation runs until the next `done` or `failed` input;
 * `add-candidate` outputs wait until no operation is in flight, and need no input when they are done. Pure, never throws.
 */
export const endpointStep = (endpoint: Endpoint, input: Input): readonly [Endpoint, readonly Output[]] => {
  // Whoever has said `bye` says nothing after it, not even once more what was said before.
  if (endpoint.machine.path === 'closed') return [endpoint, []];
  const { registers, event, incoming, report, repeat } = classify(endpoint, input);
  const [machine, effects] = event ? step(endpoint.machine, event) : [endpoint.machine, [] as readonly Effect[]];
  const outputs: Output[] = report ? [{ type: 'report', code: report }] : [];
  let next: Endpoint = { ...endpoint, registers, machine };
  const take = ([moved, more]: readonly [Endpoint['registers'], readonly Output[]]) => {
    if (moved !== next.registers) next = { ...next, registers: moved };
    outputs.push(...more);
  };
  for (const effect of effects) take(perform(next, effect, { before: endpoint, input, incoming }));
  if (input.type === 'candidate') take(sendLocalCandidate(next, input.candidate));
  if (input.type === 'repeat') take([next.registers, repeatWhatIsOut(next)]);
  if (repeat) take([next.registers, repeatTrail(next.registers)]);
  if (changesOwners(endpoint, next)) take(settleRemoteCandidates(next.registers));
  return [next, outputs];
};

/** A candidate that was held waits on until one of these moves. */
const changesOwners = ({ registers: before }: Endpoint, { registers: after }: Endpoint): boolean =>
  before.exchange !== after.exchange || before.local !== after.local || before.remote !== after.remote;
