/**
 * Deliberate faults, one at a time, in the sources as they ship: a text of a file and what stands there instead. A text
 * that is not there exactly once is an error, so no mutant can quietly become none.
 */

export interface Mutant {
  /** What is wrong with it. */
  readonly name: string;
  /** From `packages/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const guards = 'core/src/machine/guards.ts';
const flags = 'core/src/machine/flags.ts';
const chart = 'core/src/machine/chart.ts';
const classify = 'core/src/endpoint/classify.ts';
const perform = 'core/src/endpoint/perform.ts';
const candidates = 'core/src/endpoint/candidates.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'the polite side keeps its offer in a glare',
    file: guards,
    from: 'needsRollback(role) || (role',
    to: '(role',
  },
  {
    name: 'an offer that lost while it was made is sent all the same',
    file: guards,
    from: 'lostFloor: ({ context }: GuardArgs) => context.held && context.rollback',
    to: 'lostFloor: () => false',
  },
  {
    name: 'a held offer is forgotten at stable',
    file: guards,
    from: 'holdsOffer: ({ context }: GuardArgs) => context.held',
    to: 'holdsOffer: () => false',
  },
  {
    name: 'the arbiter takes every turn while it owes one',
    file: guards,
    from: 'context.awaited && !(context.owed && context.ourTurn)',
    to: 'context.awaited && !context.owed',
  },
  {
    name: 'the arbiter hands out the floor without being asked',
    file: guards,
    from: "context.role === 'arbiter' && context.awaited && !",
    to: "context.role === 'arbiter' && !",
  },
  {
    name: 'a failed operation is tried again for ever',
    file: guards,
    from: 'mayRetry: ({ context }: GuardArgs) => context.failures < 2',
    to: 'mayRetry: () => true',
  },
  {
    name: 'every engine is thought to roll back',
    file: guards,
    from: 'canRollBack: ({ context }: GuardArgs) => context.rollback',
    to: 'canRollBack: () => true',
  },
  {
    name: 'what is still owed after an exchange is forgotten',
    file: guards,
    from: "event.type === 'engine.done' && event.needed && context.owed",
    to: 'false && context.owed',
  },
  {
    name: 'a candidate of an old description is added as if it were current',
    file: guards,
    from: "isForCurrent: ({ event }: GuardArgs) => event.type === 'remote.candidate' && event.of === 'current'",
    to: "isForCurrent: ({ event }: GuardArgs) => event.type === 'remote.candidate'",
  },
  { name: 'a change is not remembered', file: flags, from: 'owe: () => ({ owed: true })', to: 'owe: () => ({})' },
  {
    name: 'making an offer does not clear what is owed',
    file: flags,
    from: 'carry: ({ context }: GuardArgs) => ({ owed: false, ',
    to: 'carry: ({ context }: GuardArgs) => ({ owed: true, ',
  },
  {
    name: 'a request that came while busy is forgotten',
    file: flags,
    from: 'await: () => ({ awaited: true })',
    to: 'await: () => ({})',
  },
  {
    name: 'who lost a glare is not waited for',
    file: guards,
    from: 'isPeer(context) && context.owed && context.awaited',
    to: 'false',
  },
  {
    name: 'an offer that lost its glare is not owed any more',
    file: chart,
    from: "{ guard: 'lostFloor', target: 'local-offer-pending.rolling-back', does: ['owe'] }",
    to: "{ guard: 'lostFloor', target: 'local-offer-pending.rolling-back', does: [] }",
  },
  {
    name: 'a request is not sent, only waited for',
    file: chart,
    from: "does: ['announce', 'sendRequest']",
    to: "does: ['announce']",
  },
  {
    name: 'the end of the session is kept to oneself',
    file: chart,
    from: "'engine.hung': [{ target: 'closed', does: [{ type: 'report', code: 'engine-hung' }, 'sendBye'] }]",
    to: "'engine.hung': [{ target: 'closed', does: [{ type: 'report', code: 'engine-hung' }] }]",
  },
  {
    name: 'an ICE restart is forgotten with the first exchange',
    file: classify,
    from: 'registers: restartOwed ? next : { ...next, restarting: null }',
    to: 'registers: { ...next, restarting: null }',
  },
  {
    name: 'an offer never asks for new ICE credentials',
    file: perform,
    from: 'iceRestart: isRestartOwed(registers)',
    to: 'iceRestart: false && isRestartOwed(registers)',
  },
  {
    name: 'an offer has no room for what the answerer needs',
    file: perform,
    from: 'receive: remote.needs ?? undefined',
    to: 'receive: undefined',
  },
  {
    name: 'candidates that came before their description are never given to the engine',
    file: perform,
    from: "owner === 'current' ? [{ type: 'add-candidate', candidate }] : []",
    to: '[]',
  },
  {
    name: 'candidates are sent ahead of their own offer',
    file: candidates,
    from: "      return 'wait';",
    to: "      return exchange ?? 'nowhere';",
  },
  {
    name: 'the link delivers what it has delivered already',
    file: 'core/src/link/incoming.ts',
    from: 'if (ahead < 0 || state.early.some((kept) => kept.seq === seq)) return [state, []];',
    to: "if (ahead < 0) return [state, [{ type: 'deliver', message }]];",
  },
  {
    name: 'the link delivers out of turn',
    file: 'core/src/link/incoming.ts',
    from: 'return ahead === 1 ? deliver({ ...state, early }) : keep({ ...state, early });',
    to: "return ahead === 1 ? deliver({ ...state, early }) : [{ ...state, received: seq }, [{ type: 'deliver', message }]];",
  },
  {
    name: 'a resync asks, and does not say again',
    file: 'core/src/link/outgoing.ts',
    from: 'const [next, again] = replay(asked, 0);',
    to: 'const [next, again] = [asked, []] as const;',
  },
  {
    name: 'an operation is judged by its promise alone',
    file: 'session/src/engine-queue.ts',
    from: 'if (state !== destination[operation] || (creates && !description)) {',
    to: 'if (failure || (creates && !description)) {',
  },
  {
    name: 'a hung operation has no deadline',
    file: 'session/src/engine-queue.ts',
    from: "const cancelDeadline = timers.set(deadlineMs, () => finish(() => onOutcome({ type: 'hung' })));",
    to: 'const cancelDeadline = () => undefined;',
  },
  {
    name: 'operations overtake candidates',
    file: 'session/src/engine-queue.ts',
    from: 'const candidate = candidates.shift();',
    to: 'const candidate = next ? undefined : candidates.shift();',
  },
  {
    name: 'a side that started anew is taken for the old one',
    file: 'session/src/native-wire.ts',
    from: 'if (envelope.from !== peer) return replaced(envelope.from);',
    to: '',
  },
];
