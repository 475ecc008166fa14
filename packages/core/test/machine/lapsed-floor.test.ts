import { story } from '../support/story.ts';

story('a granted requester that changes its mind gives the floor back', { role: 'arbiter' }, [
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
  ['remote.release', 'local-offer-pending.creating', 'theirTurn', 'stopTimer lease', 'createOffer'],
]);

story('a lease lapses: the floor is taken back', { role: 'arbiter' }, [
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
  ['timer.fired', 'local-offer-pending.creating', 'theirTurn', 'stopTimer lease', 'report lease-lapsed', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
]);

story('an offer under a lapsed grant is answered where nothing is in its way', { role: 'arbiter' }, [
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['timer.fired', 'stable', '', 'stopTimer lease', 'report lease-lapsed'],
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story(
  "an offer under a lapsed grant, while the arbiter's is out: it gives way if it can roll back",
  { role: 'arbiter', rollback: true },
  [
    ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
    ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
    [
      'timer.fired',
      'local-offer-pending.creating',
      'theirTurn',
      'stopTimer lease',
      'report lease-lapsed',
      'createOffer',
    ],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
    [
      'remote.offer',
      'local-offer-pending.rolling-back',
      'owed held theirTurn',
      'stopTimer answer',
      'holdOffer',
      'rollback',
    ],
    ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed theirTurn', 'applyOffer'],
    ['engine.done needed', 'remote-offer-pending.answering', 'owed theirTurn', 'createAnswer'],
    ['engine.done needed', 'local-offer-pending.creating', 'theirTurn', 'sendAnswer wants', 'createOffer'],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
  ],
);

story(
  "an offer under a lapsed grant, while the arbiter's is out: declined if it cannot roll back",
  { role: 'arbiter' },
  [
    ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
    ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
    [
      'timer.fired',
      'local-offer-pending.creating',
      'theirTurn',
      'stopTimer lease',
      'report lease-lapsed',
      'createOffer',
    ],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendOffer', 'startTimer answer'],
    ['remote.offer', 'local-offer-pending.awaiting-answer', 'theirTurn', 'sendDecline taken', 'dropOffer incoming'],
    [
      'remote.answer current wants',
      'local-offer-pending.applying-answer',
      'awaited theirTurn',
      'stopTimer answer',
      'applyAnswer',
    ],
    ['engine.done', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ],
);

story(
  "an offer under a lapsed grant, while the arbiter's is being made: declined if it cannot roll back",
  { role: 'arbiter' },
  [
    ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
    ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
    [
      'timer.fired',
      'local-offer-pending.creating',
      'theirTurn',
      'stopTimer lease',
      'report lease-lapsed',
      'createOffer',
    ],
    ['remote.offer', 'local-offer-pending.creating', 'held theirTurn', 'holdOffer'],
    [
      'engine.done needed',
      'local-offer-pending.awaiting-answer',
      'theirTurn',
      'sendDecline taken',
      'dropOffer held',
      'sendOffer',
      'startTimer answer',
    ],
    [
      'remote.answer current wants',
      'local-offer-pending.applying-answer',
      'awaited theirTurn',
      'stopTimer answer',
      'applyAnswer',
    ],
    ['engine.done', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ],
);

story(
  "an offer under a lapsed grant, while the arbiter's is being made: taken if it can roll back",
  { role: 'arbiter', rollback: true },
  [
    ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
    ['app.change', 'remote-offer-pending.awaiting-offer', 'owed'],
    [
      'timer.fired',
      'local-offer-pending.creating',
      'theirTurn',
      'stopTimer lease',
      'report lease-lapsed',
      'createOffer',
    ],
    ['remote.offer', 'local-offer-pending.creating', 'held theirTurn', 'holdOffer'],
    ['engine.done needed', 'local-offer-pending.rolling-back', 'owed held theirTurn', 'rollback'],
    ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed theirTurn', 'applyOffer'],
  ],
);

story('a requester whose offer is not taken rolls it back and goes second', { role: 'requester', rollback: true }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.offer', 'local-offer-pending.awaiting-answer', 'held', 'report floor-reclaimed', 'holdOffer'],
  ['remote.decline current taken', 'local-offer-pending.rolling-back', 'owed held', 'stopTimer answer', 'rollback'],
  ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'pending-renegotiation.asking', 'owed announced', 'sendAnswer wants', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
]);

story('neither side can roll back: both are told that it is over', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.offer', 'local-offer-pending.awaiting-answer', 'held', 'report floor-reclaimed', 'holdOffer'],
  ['remote.decline current taken', 'closed', 'held', 'stopTimer answer', 'report floor-lost', 'sendBye'],
]);

story('the arbiter gave way after all: the offer that it had is forgotten', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.offer', 'local-offer-pending.awaiting-answer', 'held', 'report floor-reclaimed', 'holdOffer'],
  [
    'remote.answer current',
    'local-offer-pending.applying-answer',
    '',
    'stopTimer answer',
    'dropOffer held',
    'applyAnswer',
  ],
  ['engine.done', 'stable', ''],
]);

story('the arbiter takes the floor back while the requester makes its offer', { role: 'requester', rollback: true }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  ['remote.offer', 'local-offer-pending.creating', 'held', 'report floor-reclaimed', 'holdOffer'],
  ['engine.done needed', 'local-offer-pending.rolling-back', 'owed held', 'rollback'],
  ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'pending-renegotiation.asking', 'owed announced', 'sendAnswer wants', 'startTimer grant'],
]);

story('no grant in time: asks again', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  [
    'timer.fired',
    'pending-renegotiation.asking',
    'owed announced',
    'report stalled',
    'sendRequest',
    'startTimer grant',
  ],
  [
    'timer.fired',
    'pending-renegotiation.asking',
    'owed announced',
    'report stalled',
    'sendRequest',
    'startTimer grant',
  ],
]);

story('asked again, the arbiter tells again', { role: 'arbiter' }, [
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant', 'startTimer lease'],
  ['remote.request', 'remote-offer-pending.awaiting-offer', '', 'sendGrant'],
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'stopTimer lease', 'holdOffer', 'applyOffer'],
  ['remote.request', 'remote-offer-pending.applying-offer', 'awaited'],
]);
