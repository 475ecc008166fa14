import { story } from '../support/story.ts';

story(
  'the polite side is offered one while it awaits an answer: rolls back, answers, offers again',
  { role: 'polite', rollback: true },
  [
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
    ['remote.candidate coming', 'local-offer-pending.rolling-back', 'owed announced held', 'holdCandidate'],
    ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed announced', 'applyOffer'],
    ['engine.done needed', 'remote-offer-pending.answering', 'owed announced', 'createAnswer'],
    ['engine.done needed', 'local-offer-pending.creating', 'announced', 'sendAnswer wants', 'createOffer'],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
    ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
    ['engine.done', 'stable', ''],
  ],
);

story('the answer already carries what the polite side lost: no second exchange', { role: 'polite', rollback: true }, [
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
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story(
  'the polite side is offered one while its own is being made: that one is never sent',
  { role: 'polite', rollback: true },
  [
    ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
    ['remote.offer', 'local-offer-pending.creating', 'held', 'holdOffer'],
    ['engine.done needed', 'local-offer-pending.rolling-back', 'owed held', 'rollback'],
    ['engine.done needed', 'remote-offer-pending.applying-offer', 'owed', 'applyOffer'],
    ['engine.done needed', 'remote-offer-pending.answering', 'owed', 'createAnswer'],
    ['engine.done', 'stable', '', 'sendAnswer'],
  ],
);

story('the impolite side is offered one while it awaits an answer: ignores it', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.offer', 'local-offer-pending.awaiting-answer', '', 'dropOffer incoming', 'report offer-ignored'],
  ['remote.candidate dead', 'local-offer-pending.awaiting-answer', '', 'dropCandidate'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the impolite side is offered one while its own is being made: sends its own', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['remote.offer', 'local-offer-pending.creating', 'held', 'holdOffer'],
  [
    'engine.done needed',
    'local-offer-pending.awaiting-answer',
    '',
    'dropOffer held',
    'report offer-ignored',
    'sendOffer',
    'startTimer answer',
  ],
  ['remote.answer current wants', 'local-offer-pending.applying-answer', 'awaited', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', 'awaited'],
]);

story(
  'an offer while the answer to ours is being applied is no glare: it is held, then taken',
  { role: 'polite', rollback: true },
  [
    ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
    ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
    ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
    ['remote.offer', 'local-offer-pending.applying-answer', 'held', 'holdOffer'],
    ['engine.done', 'remote-offer-pending.applying-offer', '', 'applyOffer'],
    ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
    ['engine.done', 'stable', '', 'sendAnswer'],
  ],
);

story('an offer while the answer to ours is being applied, on the impolite side', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['remote.offer', 'local-offer-pending.applying-answer', 'held', 'holdOffer'],
  ['engine.done', 'remote-offer-pending.applying-offer', '', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story('a newer offer while one is being applied or answered is taken after it', { role: 'impolite' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['remote.offer', 'remote-offer-pending.applying-offer', 'held', 'holdOffer'],
  ['engine.done', 'remote-offer-pending.answering', 'held', 'createAnswer'],
  ['remote.offer', 'remote-offer-pending.answering', 'held', 'holdOffer'],
  ['engine.done', 'remote-offer-pending.applying-offer', '', 'sendAnswer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);
