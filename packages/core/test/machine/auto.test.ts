import { story } from '../support/story.ts';

story('the hello makes a requester', { role: 'auto' }, [
  ['remote.hello', 'stable', 'requester'],
  ['app.change', 'pending-renegotiation.asking', 'requester owed announced', 'sendRequest', 'startTimer grant'],
  ['remote.hello arbiter', 'pending-renegotiation.asking', 'requester owed announced'],
]);

story('the hello makes an arbiter', { role: 'auto' }, [
  ['remote.hello arbiter', 'stable', 'arbiter'],
  ['app.change', 'local-offer-pending.creating', 'arbiter theirTurn', 'createOffer'],
]);

story('changes before the hello wait for it, and are asked for', { role: 'auto' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed', 'startTimer grant'],
  ['app.change', 'pending-renegotiation.asking', 'owed'],
  ['timer.fired', 'pending-renegotiation.asking', 'owed', 'report stalled', 'startTimer grant'],
  [
    'remote.hello',
    'pending-renegotiation.asking',
    'requester owed announced',
    'stopTimer grant',
    'sendRequest',
    'startTimer grant',
  ],
  ['remote.grant current', 'local-offer-pending.creating', 'requester announced', 'stopTimer grant', 'createOffer'],
]);

story('changes before the hello wait for it, and are offered', { role: 'auto' }, [
  ['app.change', 'pending-renegotiation.asking', 'owed', 'startTimer grant'],
  ['remote.hello arbiter', 'local-offer-pending.creating', 'arbiter theirTurn', 'stopTimer grant', 'createOffer'],
  ['engine.done needed', 'local-offer-pending.awaiting-answer', 'arbiter theirTurn', 'sendOffer', 'startTimer answer'],
]);

story('an offer before the hello is answered', { role: 'auto' }, [
  ['remote.offer', 'remote-offer-pending.applying-offer', '', 'holdOffer', 'applyOffer'],
  ['remote.hello arbiter', 'remote-offer-pending.applying-offer', 'arbiter'],
]);
