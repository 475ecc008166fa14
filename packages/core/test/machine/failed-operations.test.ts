import { story } from '../support/story.ts';

story('an offer that cannot be made is tried three times, then given up until the next change', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '1 failures', 'report operation-failed', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '2 failures', 'report operation-failed', 'createOffer'],
  ['engine.failed stable', 'stable', '', 'report change-failed'],
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
]);

story(
  'an offer half made is made again over itself, then rolled back and given up',
  { role: 'impolite', rollback: true },
  [
    ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
    [
      'engine.failed have-local-offer',
      'local-offer-pending.creating',
      '1 failures',
      'report operation-failed',
      'createOffer',
    ],
    [
      'engine.failed have-local-offer',
      'local-offer-pending.creating',
      '2 failures',
      'report operation-failed',
      'createOffer',
    ],
    ['engine.failed have-local-offer', 'local-offer-pending.rolling-back', '', 'report change-failed', 'rollback'],
    ['engine.done needed', 'stable', ''],
  ],
);

story('an offer half made on an engine that cannot roll back ends the session', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.creating',
    '1 failures',
    'report operation-failed',
    'createOffer',
  ],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.creating',
    '2 failures',
    'report operation-failed',
    'createOffer',
  ],
  ['engine.failed have-local-offer', 'closed', '2 failures', 'report rollback-failed', 'sendBye'],
]);

story("an offer that cannot be made while the other side's is held lets it go first", { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['remote.offer', 'local-offer-pending.creating', 'held', 'holdOffer'],
  ['engine.failed stable', 'remote-offer-pending.applying-offer', 'owed', 'report operation-failed', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'announced', 'sendAnswer wants', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
]);

story('a change that comes while an offer cannot be made is tried by itself', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '1 failures', 'report operation-failed', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '2 failures', 'report operation-failed', 'createOffer'],
  ['app.change', 'local-offer-pending.creating', 'owed 2 failures'],
  ['engine.failed stable', 'local-offer-pending.creating', '', 'report change-failed', 'createOffer'],
]);

story('a requester that cannot make its offer gives the floor back', { role: 'requester' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'local-offer-pending.creating', 'announced', 'stopTimer grant', 'createOffer'],
  [
    'engine.failed stable',
    'local-offer-pending.creating',
    'announced 1 failures',
    'report operation-failed',
    'createOffer',
  ],
  [
    'engine.failed stable',
    'local-offer-pending.creating',
    'announced 2 failures',
    'report operation-failed',
    'createOffer',
  ],
  ['engine.failed stable', 'stable', '', 'report change-failed', 'sendRelease'],
]);

story('an offer that the engine refuses is declined', { role: 'polite', rollback: true }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['engine.failed stable', 'stable', '', 'report offer-refused', 'sendDecline refused'],
]);

story(
  'an answer that cannot be made is tried three times, then the offer is given back',
  { role: 'impolite', rollback: true },
  [
    ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
    ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
    [
      'engine.failed have-remote-offer',
      'remote-offer-pending.answering',
      '1 failures',
      'report operation-failed',
      'createAnswer',
    ],
    [
      'engine.failed have-remote-offer',
      'remote-offer-pending.answering',
      '2 failures',
      'report operation-failed',
      'createAnswer',
    ],
    [
      'engine.failed have-remote-offer',
      'remote-offer-pending.rolling-back',
      '2 failures',
      'report offer-refused',
      'rollback',
    ],
    ['remote.offer', 'remote-offer-pending.rolling-back', 'held 2 failures', 'holdOffer'],
    ['engine.done', 'remote-offer-pending.applying-offer', '2 failures', 'sendDecline refused', 'applyOffer'],
    ['engine.done', 'remote-offer-pending.answering', '2 failures', 'createAnswer'],
  ],
);

story('an answer that cannot be made on an engine that cannot roll back ends the session', { role: 'impolite' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  [
    'engine.failed have-remote-offer',
    'remote-offer-pending.answering',
    '1 failures',
    'report operation-failed',
    'createAnswer',
  ],
  [
    'engine.failed have-remote-offer',
    'remote-offer-pending.answering',
    '2 failures',
    'report operation-failed',
    'createAnswer',
  ],
  ['engine.failed have-remote-offer', 'closed', '2 failures', 'report rollback-failed', 'sendBye'],
]);

story('an answer that is not taken: a new offer goes out over the old one', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.creating',
    '1 failures',
    'report operation-failed',
    'createOffer',
  ],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '1 failures', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '1 failures', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story(
  'an answer that is never taken is given up where the engine can roll back',
  { role: 'impolite', rollback: true },
  [
    ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
    ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
    [
      'engine.failed have-local-offer',
      'local-offer-pending.creating',
      '1 failures',
      'report operation-failed',
      'createOffer',
    ],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', '1 failures', 'sendOffer', 'startTimer answer'],
    ['remote.answer current', 'local-offer-pending.applying-answer', '1 failures', 'stopTimer answer', 'applyAnswer'],
    [
      'engine.failed have-local-offer',
      'local-offer-pending.creating',
      '2 failures',
      'report operation-failed',
      'createOffer',
    ],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', '2 failures', 'sendOffer', 'startTimer answer'],
    ['remote.answer current', 'local-offer-pending.applying-answer', '2 failures', 'stopTimer answer', 'applyAnswer'],
    ['engine.failed have-local-offer', 'local-offer-pending.rolling-back', '', 'report change-failed', 'rollback'],
    ['engine.done needed', 'stable', ''],
  ],
);

story('an answer that is never taken ends the session where the engine cannot roll back', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.creating',
    '1 failures',
    'report operation-failed',
    'createOffer',
  ],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '1 failures', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '1 failures', 'stopTimer answer', 'applyAnswer'],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.creating',
    '2 failures',
    'report operation-failed',
    'createOffer',
  ],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '2 failures', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '2 failures', 'stopTimer answer', 'applyAnswer'],
  ['engine.failed have-local-offer', 'closed', '2 failures', 'report rollback-failed', 'sendBye'],
]);

story('a rollback that fails is tried three times, then the session ends', { role: 'polite', rollback: true }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  [
    'remote.offer',
    'local-offer-pending.rolling-back',
    'owed announced held',
    'stopTimer answer',
    'holdOffer',
    'rollback',
  ],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.rolling-back',
    'owed announced held 1 failures',
    'report operation-failed',
    'rollback',
  ],
  [
    'engine.failed have-local-offer',
    'local-offer-pending.rolling-back',
    'owed announced held 2 failures',
    'report operation-failed',
    'rollback',
  ],
  ['engine.failed have-local-offer', 'closed', 'owed announced held 2 failures', 'report rollback-failed', 'sendBye'],
]);
