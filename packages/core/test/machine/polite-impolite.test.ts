import { story } from '../support/story.ts';

story('the polite side has a change and offers it', { role: 'polite', rollback: true }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.candidate coming', 'local-offer-pending.awaiting-answer', '', 'holdCandidate'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
  ['remote.candidate current', 'stable', '', 'addCandidate'],
]);

story('the impolite side has a change and offers it', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);

story('the polite side is offered a change', { role: 'polite', rollback: true }, [
  ['remote.candidate coming', 'stable', '', 'holdCandidate'],
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['remote.candidate coming', 'remote-offer-pending.applying-offer', '', 'holdCandidate'],
  ['engine.done needed', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['remote.candidate current', 'remote-offer-pending.answering', '', 'addCandidate'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story('the impolite side is offered a change', { role: 'impolite' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['engine.done', 'remote-offer-pending.answering', '', 'createAnswer'],
  ['engine.done', 'stable', '', 'sendAnswer'],
]);

story('a change while our offer is out goes into the next offer', { role: 'impolite' }, [
  ['app.change', 'local-offer-pending.creating', '', 'createOffer'],
  ['app.change', 'local-offer-pending.creating', 'owed'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'owed', 'sendOffer', 'startTimer answer'],
  ['app.change', 'local-offer-pending.awaiting-answer', 'owed'],
  ['remote.answer current', 'local-offer-pending.applying-answer', 'owed', 'stopTimer answer', 'applyAnswer'],
  ['engine.done needed', 'local-offer-pending.creating', '', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', '', 'sendOffer', 'startTimer answer'],
  ['remote.answer current', 'local-offer-pending.applying-answer', '', 'stopTimer answer', 'applyAnswer'],
  ['engine.done', 'stable', ''],
]);
