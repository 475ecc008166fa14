import { story } from '../support/story.ts';

story('a refused offer is taken back and made again, three times', { role: 'polite', rollback: true }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  [
    'remote.decline current refused',
    'local-offer-pending.rolling-back',
    'owed 1 failures',
    'stopTimer answer',
    'dropOffer held',
    'report offer-declined',
    'rollback',
  ],
  ['engine.done needed', 'local-offer-pending.creating', '1 failures', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '1 failures', 'sendOffer', 'startTimer answer'],
  [
    'remote.decline current refused',
    'local-offer-pending.rolling-back',
    'owed 2 failures',
    'stopTimer answer',
    'dropOffer held',
    'report offer-declined',
    'rollback',
  ],
  ['engine.done needed', 'local-offer-pending.creating', '2 failures', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '2 failures', 'sendOffer', 'startTimer answer'],
  [
    'remote.decline current refused',
    'local-offer-pending.rolling-back',
    '',
    'stopTimer answer',
    'dropOffer held',
    'report change-failed',
    'rollback',
  ],
  ['engine.done needed', 'stable', ''],
]);

story('a refused offer that cannot be taken back is said again, then ends the session', { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  [
    'remote.decline current refused',
    'local-offer-pending.awaiting-answer',
    'theirTurn 1 failures',
    'dropOffer held',
    'report offer-declined',
    'sendOffer insists',
  ],
  [
    'remote.decline current refused',
    'local-offer-pending.awaiting-answer',
    'theirTurn 2 failures',
    'dropOffer held',
    'report offer-declined',
    'sendOffer insists',
  ],
  [
    'remote.decline current refused',
    'closed',
    'theirTurn 2 failures',
    'stopTimer answer',
    'report rollback-failed',
    'sendBye',
  ],
]);

story('no answer in time: the same offer again, and nothing rolled back', { role: 'polite', rollback: true }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['timer.fired', 'local-offer-pending.awaiting-answer', '', 'report stalled', 'sendOffer', 'startTimer answer'],
  ['timer.fired', 'local-offer-pending.awaiting-answer', '', 'report stalled', 'sendOffer', 'startTimer answer'],
]);

story('what belongs to no offer or request of ours is reported and changes nothing', { role: 'requester' }, [
  ['remote.answer wants', 'stable', '', 'report stale-answer'],
  ['remote.answer current', 'stable', '', 'report stale-answer'],
  ['remote.decline refused', 'stable', '', 'report stale-decline'],
  ['remote.grant current', 'stable', '', 'report stale-grant'],
  ['remote.request', 'stable', '', 'report unexpected-request'],
  ['remote.release', 'stable', ''],
  ['remote.candidate dead', 'stable', '', 'dropCandidate'],
]);
