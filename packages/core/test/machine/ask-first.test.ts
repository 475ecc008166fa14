import { story } from '../support/story.ts';

story('the requester asks, is granted, offers', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['app.change', 'pending-renegotiation.asking', 'owed announced'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the arbiter grants what it is asked', { role: 'arbiter' }, [
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['remote.candidate coming', 'remote-offer-pending.awaiting-offer', '', 'holdCandidate'],
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'stopTimer lease', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story('the arbiter offers without asking', { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', 'theirTurn', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', 'theirTurn'],
]);

story('the requester is offered one while it asks: answers, and is granted after', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
  ['engine.done needed', 'pending-renegotiation.asking', 'owed announced', 'sendAnswer wants', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the requester is offered one before it asked: its answer is the request', { role: 'requester' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['app.change', 'remote-offer-pending.applying-offer', 'owed'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'pending-renegotiation.asking', 'owed announced', 'sendAnswer wants', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
]);

story('the arbiter is asked while it negotiates: remembers, and grants when its exchange ends', { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['remote.request', 'local-offer-pending.creating', 'awaited theirTurn'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'awaited theirTurn', 'sendOffer', 'startTimer answer'],
  ['remote.request', 'local-offer-pending.awaiting-answer', 'awaited theirTurn'],
  [
    'remote.answer current wants',
    'local-offer-pending.applying-answer',
    'awaited theirTurn',
    'stopTimer answer',
    'applyAnswer',
  ],
  ['engine.done', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'stopTimer lease', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story("grants and the arbiter's own offers alternate", { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['remote.request', 'local-offer-pending.creating', 'awaited theirTurn'],
  ['app.change', 'local-offer-pending.creating', 'owed awaited theirTurn'],
  [
    'engine.done needed',
    'local-offer-pending.awaiting-answer',
    'owed awaited theirTurn',
    'sendOffer',
    'startTimer answer',
  ],
  [
    'remote.answer current wants',
    'local-offer-pending.applying-answer',
    'owed awaited theirTurn',
    'stopTimer answer',
    'applyAnswer',
  ],
  ['engine.done needed', 'remote-offer-pending.awaiting-offer', 'owed', 'sendGrant', 'startTimer lease'],
  ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
  ['remote.offer', 'remote-offer-pending.applying-offer', 'owed', 'stopTimer lease', 'holdOffer', 'applyOffer'],
  ['remote.request', 'remote-offer-pending.applying-offer', 'owed awaited'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed awaited', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'awaited theirTurn', 'sendAnswer wants', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'awaited theirTurn', 'sendOffer', 'startTimer answer'],
  [
    'remote.answer current wants',
    'local-offer-pending.applying-answer',
    'awaited theirTurn',
    'stopTimer answer',
    'applyAnswer',
  ],
  ['engine.done', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
]);

story('the arbiter is told that nothing is wanted any more', { role: 'arbiter' }, [
  ['app.change', 'local-offer-pending.creating', 'theirTurn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ['remote.request', 'local-offer-pending.awaiting-answer', 'awaited theirTurn'],
  ['remote.release', 'local-offer-pending.awaiting-answer', 'theirTurn'],
  ['remote.answer current', 'local-offer-pending.applying-answer', 'theirTurn', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', 'theirTurn'],
]);

story('a request that is no longer needed is released', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);
