import { story } from '../support/story.ts';

story('whoever is told wants yields before it offers again, and the other side offers', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current wants', 'local-offer-pending.applying-answer', 'awaited', 'stopTimer answer', 'applyAnswer'],
  ['app.change', 'local-offer-pending.applying-answer', 'owed awaited'],
  ['engine.done needed', 'pending-renegotiation.yielding', 'owed awaited', 'startTimer turn'],
  ['remote.offer', 'remote-offer-pending.applying-offer', 'owed', 'stopTimer turn', 'holdOffer', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'announced', 'sendAnswer wants', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
]);

story('whoever yields goes on when the other side turns out to owe nothing', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current wants', 'local-offer-pending.applying-answer', 'awaited', 'stopTimer answer', 'applyAnswer'],
  ['app.change', 'local-offer-pending.applying-answer', 'owed awaited'],
  ['engine.done needed', 'pending-renegotiation.yielding', 'owed awaited', 'startTimer turn'],
  ['remote.release', 'local-offer-pending.creating', '', 'stopTimer turn', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
]);

story('whoever yields does not wait for ever', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current wants', 'local-offer-pending.applying-answer', 'awaited', 'stopTimer answer', 'applyAnswer'],
  ['app.change', 'local-offer-pending.applying-answer', 'owed awaited'],
  ['engine.done needed', 'pending-renegotiation.yielding', 'owed awaited', 'startTimer turn'],
  ['timer.fired', 'local-offer-pending.creating', '', 'stopTimer turn', 'report stalled', 'createOffer'],
]);

story('what was announced and then carried is taken back by the answer', { role: 'polite', rollback: true }, [
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
  ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed announced', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'announced', 'sendAnswer wants', 'createOffer'],
  ['remote.offer', 'local-offer-pending.creating', 'announced held', 'holdOffer'],
  ['engine.done needed', 'local-offer-pending.rolling-back', 'owed announced held', 'rollback'],
  ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed announced', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
]);

story('what was announced and cannot be negotiated here is released', { role: 'polite', rollback: true }, [
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
  ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed announced', 'applyOffer'],
  ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', 'announced', 'sendAnswer wants', 'createOffer'],
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
