import { story } from '../support/story.ts';

story('the answerer asks, the offerer offers', { role: 'answerer' }, [
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

story('the offerer offers when it is asked', { role: 'offerer' }, [
  ['remote.request', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the offerer offers its own change', { role: 'offerer' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('asked while its offer is out, the offerer offers once more', { role: 'offerer' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.request', 'local-offer-pending.awaiting-answer', 'awaited'],
  ['remote.answer current wants', 'local-offer-pending.applying-answer', 'awaited', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the offerer cannot make the offer: the answerer is told', { role: 'offerer' }, [
  ['remote.request', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '1 failures', 'report operation-failed', 'createOffer'],
  ['engine.failed stable', 'local-offer-pending.creating', '2 failures', 'report operation-failed', 'createOffer'],
  ['engine.failed stable', 'stable', '', 'report change-failed', 'sendRelease'],
]);

story('the answerer is told that no offer will come', { role: 'answerer' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.release', 'stable', '', 'stopTimer grant', 'report change-failed'],
]);

story("offers that have no room for the answerer's change end in a report", { role: 'answerer' }, [
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
  [
    'engine.done needed',
    'pending-renegotiation.asking',
    'owed announced 1 failures',
    'sendAnswer wants',
    'startTimer grant',
  ],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced 1 failures',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced 1 failures', 'createAnswer'],
  [
    'engine.done needed',
    'pending-renegotiation.asking',
    'owed announced 2 failures',
    'sendAnswer wants',
    'startTimer grant',
  ],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced 2 failures',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced 2 failures', 'createAnswer'],
  ['engine.done needed', 'stable', '', 'report change-failed', 'sendAnswer'],
]);

story('an answerer that keeps changing has not asked in vain', { role: 'answerer' }, [
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
  ['app.change', 'remote-offer-pending.answering', 'owed announced'],
  [
    'engine.done needed',
    'pending-renegotiation.asking',
    'owed announced 1 failures',
    'sendAnswer wants',
    'startTimer grant',
  ],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced 1 failures',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced 1 failures', 'createAnswer'],
  ['app.change', 'remote-offer-pending.answering', 'owed announced'],
  [
    'engine.done needed',
    'pending-renegotiation.asking',
    'owed announced 1 failures',
    'sendAnswer wants',
    'startTimer grant',
  ],
  [
    'remote.offer',
    'remote-offer-pending.applying-offer',
    'owed announced 1 failures',
    'stopTimer grant',
    'holdOffer',
    'applyOffer',
  ],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced 1 failures', 'createAnswer'],
  ['app.change', 'remote-offer-pending.answering', 'owed announced'],
  [
    'engine.done needed',
    'pending-renegotiation.asking',
    'owed announced 1 failures',
    'sendAnswer wants',
    'startTimer grant',
  ],
]);

story('no offer in time: the answerer asks again', { role: 'answerer' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  [
    'timer.fired',
    'pending-renegotiation.asking',
    'owed announced',
    'report stalled',
    'sendRequest',
    'startTimer grant',
  ],
]);

story('a grant means nothing to an answerer', { role: 'answerer' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.grant current', 'pending-renegotiation.asking', 'owed announced', 'report stale-grant'],
]);

story('an answerer cannot be asked', { role: 'answerer' }, [
  ['remote.request', 'stable', '', 'report unexpected-request'],
]);
