import { story } from '../support/story.ts';

story('a requester that goes first declines while it asks', { role: 'requester', whileAsking: 'decline' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.candidate dead', 'pending-renegotiation.asking', 'owed announced', 'dropCandidate'],
  ['remote.offer', 'pending-renegotiation.asking', 'owed announced', 'sendDecline busy', 'dropOffer incoming'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced theirTurn', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
]);

story('a requester that was first the last time answers', { role: 'requester', whileAsking: 'decline' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced theirTurn', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ['app.change', 'local-offer-pending.awaiting-answer', 'owed theirTurn'],
  [
    'remote.answer current wants',
    'local-offer-pending.applying-answer',
    'owed theirTurn',
    'stopTimer answer',
    'applyAnswer',
  ],
  ['engine.done needed', 'pending-renegotiation.asking', 'owed announced theirTurn', 'sendRequest', 'startTimer grant'],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
]);

story(
  'a requester that goes first answers an offer that cannot be taken back',
  { role: 'requester', whileAsking: 'decline' },
  [
    ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
    ['remote.offer', 'pending-renegotiation.asking', 'owed announced', 'sendDecline busy', 'dropOffer incoming'],
    [
      'remote.offer insists',
      'remote-offer-pending.applying-offer',
      'owed announced',
      'stopTimer grant',
      'holdOffer',
      'applyOffer',
    ],
    ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
    ['engine.done needed', 'pending-renegotiation.asking', 'owed announced', 'sendAnswer wants', 'startTimer grant'],
  ],
);

story('a requester that goes first answers while it does not ask', { role: 'requester', whileAsking: 'decline' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story('an arbiter that is told busy rolls back, grants, and offers again after', { role: 'arbiter', rollback: true }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  [
    'remote.decline current busy',
    'local-offer-pending.rolling-back',
    'owed awaited theirTurn',
    'stopTimer answer',
    'rollback',
  ],
  ['engine.done needed', 'remote-offer-pending.awaiting-offer', 'owed', 'sendGrant', 'startTimer lease'],
  ['remote.offer', 'remote-offer-pending.applying-offer', 'owed', 'stopTimer lease', 'holdOffer', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'theirTurn', 'sendAnswer wants', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', 'theirTurn', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', 'theirTurn'],
]);

story('an arbiter that is told busy and cannot roll back insists, and grants after', { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ['remote.decline current busy', 'local-offer-pending.awaiting-answer', 'awaited theirTurn', 'sendOffer insists'],
  [
    'remote.answer current wants',
    'local-offer-pending.applying-answer',
    'awaited theirTurn',
    'stopTimer answer',
    'applyAnswer',
  ],
  ['engine.done', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
]);
