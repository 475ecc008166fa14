import { describe, expect, it } from 'vitest';
import {
  answered,
  certainChange,
  change,
  declined,
  done,
  doneInNeed,
  granted,
  made,
  madeInNeed,
  offered,
  requested,
  walk,
} from '../support/walk.ts';

describe('offers of ours', () => {
  it('are numbered from 1, and an offer that is never sent uses up its number', () => {
    const polite = walk({ role: 'polite', rollback: true });
    expect(polite.take(change)).toEqual(['perform createOffer']);
    expect(polite.take(offered(1, 'R1'))).toEqual([]);
    expect(polite.take(madeInNeed('offer', 'L1'))).toEqual(['perform rollback']);
    expect(polite.take(doneInNeed)).toEqual(['perform applyOffer R1']);
    expect(polite.take(doneInNeed)).toEqual(['perform createAnswer']);
    expect(polite.take(madeInNeed('answer', 'L1'))).toEqual(['send answer 1 L1 wants', 'perform createOffer']);
    expect(polite.take(made('offer', 'L1'))).toEqual(['send offer 2 L1', 'start-timer answer']);
  });

  it('go out again as they were when no answer comes', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'));
    expect(impolite.take({ type: 'timer' })).toEqual(['report stalled', 'send offer 1 L1', 'start-timer answer']);
  });
});

describe('a session that is over', () => {
  it('says nothing after its bye, not even once more what it answered', () => {
    const answered = walk({ role: 'impolite' }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    expect(answered.take(offered(1, 'R1'))).toEqual(['send answer 1 L1']);
    expect(answered.take({ type: 'close' })).toContain('send bye');
    expect(answered.take(offered(1, 'R1'))).toEqual([]);
  });
});

describe('answers to ours', () => {
  const outstanding = () => walk({ role: 'impolite' }).skip(change, made('offer', 'L1'));

  it('are applied when they name the offer that is out', () => {
    expect(outstanding().take(answered(1, 'R1'))).toEqual(['stop-timer answer', 'perform applyAnswer R1']);
  });

  it.each([2, 7])('are dropped when they name offer %i, which is not out', (id) => {
    const impolite = outstanding();
    expect(impolite.take(answered(id, 'R1'))).toEqual(['report stale-answer']);
    expect(impolite.path).toBe('local-offer-pending.awaiting-answer');
  });

  it('are never applied to a newer offer', () => {
    const impolite = outstanding().skip(answered(1, 'R1'), done, change, made('offer', 'L1'));
    expect(impolite.take(answered(1, 'R1'))).toEqual(['report stale-answer']);
    expect(impolite.take(answered(2, 'R1'))).toEqual(['stop-timer answer', 'perform applyAnswer R1']);
  });

  it('are dropped when they come twice, while the first is being applied and after', () => {
    const impolite = outstanding().skip(answered(1, 'R1'));
    expect(impolite.take(answered(1, 'other'))).toEqual(['report stale-answer']);
    expect(impolite.take(done)).toEqual([]);
    expect(impolite.endpoint.registers.exchange).toEqual({
      part: 'offer',
      id: 1,
      ufrags: ['L1'],
      remoteUfrags: ['R1'],
      mids: [],
    });
    expect(impolite.take(answered(1, 'R1'))).toEqual(['report stale-answer']);
  });

  it('are dropped while the offer that they answer is rolled back', () => {
    const polite = walk({ role: 'polite', rollback: true }).skip(change, made('offer', 'L1'), offered(1, 'R1'));
    expect(polite.take(answered(1, 'R1'))).toEqual(['report stale-answer']);
  });
});

describe('offers of the other side', () => {
  it('that come again while they are held or applied are the same offer', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'));
    expect(impolite.take(offered(1, 'R1'))).toEqual([]);
    impolite.skip(done);
    expect(impolite.take(offered(1, 'R1'))).toEqual([]);
    expect(impolite.take(offered(2, 'R1'))).toEqual([]);
    expect(impolite.take(offered(2, 'R1'))).toEqual([]);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1', 'perform applyOffer R1']);
  });

  it('that come again after they were answered get the same answer again, with its candidates', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    impolite.skip({ type: 'candidate', candidate: { candidate: 'c1', sdpMid: '0' } });
    expect(impolite.take(offered(1, 'R1'))).toEqual(['send answer 1 L1', 'send candidate of answer 1: c1']);
    expect(impolite.path).toBe('stable');
  });

  it('that come again after another exchange are stale', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    impolite.skip(offered(2, 'R1'), done, made('answer', 'L1'));
    expect(impolite.take(offered(1, 'R1'))).toEqual(['report stale-offer']);
  });

  it('keep only the newest of those that wait', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'), offered(2, 'R2'), offered(3, 'R3'), done);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1', 'perform applyOffer R3']);
  });

  it('that we declined are stale when they come again, unless they insist', () => {
    const requester = walk({ role: 'requester', whileAsking: 'decline' }).skip(change);
    expect(requester.take(offered(1, 'R1'))).toEqual(['send decline 1 busy request 1']);
    expect(requester.take(offered(1, 'R1'))).toEqual(['report stale-offer']);
    expect(requester.take(offered(1, 'R1', true))).toEqual(['stop-timer grant', 'perform applyOffer R1']);
  });
});

describe('requests and grants', () => {
  it('are numbered from 1; a repeated request keeps its number', () => {
    const requester = walk({ role: 'requester' });
    expect(requester.take(change)).toEqual(['send request 1', 'start-timer grant']);
    expect(requester.take({ type: 'timer' })).toEqual(['report stalled', 'send request 1', 'start-timer grant']);
    requester.skip(granted(1), made('offer', 'L1'), answered(1, 'R1'), done);
    expect(requester.take(change)).toEqual(['send request 2', 'start-timer grant']);
  });

  it('belong together: a grant of an older request is stale', () => {
    const requester = walk({ role: 'requester' }).skip(change, granted(1), made('offer', 'L1'), answered(1, 'R1'));
    requester.skip(done, change);
    expect(requester.take(granted(1))).toEqual(['report stale-grant']);
    expect(requester.take(granted(2))).toEqual(['stop-timer grant', 'perform createOffer']);
    expect(requester.take(granted(2))).toEqual(['report stale-grant']);
  });

  it('are made by an answer that wants, and repeated by one that wants still', () => {
    const requester = walk({ role: 'requester' }).skip(offered(1, 'R1'), change, doneInNeed);
    expect(requester.take(madeInNeed('answer', 'L1'))).toEqual([
      'send answer 1 L1 wants request 1',
      'start-timer grant',
    ]);
    requester.skip(offered(2, 'R1'), doneInNeed);
    expect(requester.take(madeInNeed('answer', 'L1'))).toEqual([
      'send answer 2 L1 wants request 1',
      'start-timer grant',
    ]);
    expect(requester.take(granted(1))).toEqual(['stop-timer grant', 'perform createOffer']);
  });

  it('are granted by the number of the newest, and an older one is stale', () => {
    const arbiter = walk({ role: 'arbiter' });
    expect(arbiter.take(requested(3))).toEqual(['send grant 3', 'start-timer lease']);
    expect(arbiter.take(requested(2))).toEqual(['report stale-request']);
    expect(arbiter.take(requested(3))).toEqual(['send grant 3']);
  });

  it('are carried by a decline that says busy', () => {
    const arbiter = walk({ role: 'arbiter', rollback: true }).skip(change, made('offer', 'L1'));
    expect(arbiter.take(declined(1, 'busy', 4))).toEqual(['stop-timer answer', 'perform rollback']);
    expect(arbiter.take(doneInNeed)).toEqual(['send grant 4', 'start-timer lease']);
  });
});

describe('declines', () => {
  it('of an offer that is not out are stale', () => {
    const arbiter = walk({ role: 'arbiter' }).skip(change, made('offer', 'L1'));
    expect(arbiter.take(declined(2, 'refused'))).toEqual(['report stale-decline']);
    expect(arbiter.path).toBe('local-offer-pending.awaiting-answer');
  });

  it('are met by insisting once where nothing can be rolled back, not again and again', () => {
    const arbiter = walk({ role: 'arbiter' }).skip(change, made('offer', 'L1'));
    expect(arbiter.take(declined(1, 'busy', 1))).toEqual(['send offer 1 L1 insists']);
    expect(arbiter.take(declined(1, 'busy', 1))).toEqual(['report stale-decline']);
  });

  it('name the offer that the engine refused, not a newer one that is held', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'), offered(2, 'R2'));
    expect(impolite.take({ type: 'failed', state: 'stable' })).toEqual([
      'report offer-refused',
      'send decline 1 refused',
      'perform applyOffer R2',
    ]);
  });
});

describe('changes', () => {
  const exchange = [made('offer', 'L1'), answered(1, 'R1'), done];

  it('that are likely are forgotten when the engine says that nothing is left', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, change, ...exchange);
    expect(impolite.path).toBe('stable');
  });

  it('that are certain are offered even if the engine knows of nothing', () => {
    const impolite = walk({ role: 'impolite' }).skip(certainChange, certainChange, ...exchange);
    expect(impolite.path).toBe('local-offer-pending.creating');
    impolite.skip(made('offer', 'L1'), answered(2, 'R1'), done);
    expect(impolite.path).toBe('stable');
  });

  it('that are certain are carried once by the offer that is made after them', () => {
    const impolite = walk({ role: 'impolite' }).skip(certainChange, ...exchange);
    expect(impolite.path).toBe('stable');
    expect(impolite.endpoint.registers.forced).toBe('no');
  });

  it('that are certain are still owed after their offer lost, whatever the engine says', () => {
    const polite = walk({ role: 'polite', rollback: true }).skip(certainChange, made('offer', 'L1'), offered(1, 'R1'));
    polite.skip(done, done);
    expect(polite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1 wants', 'perform createOffer']);
  });

  it('that are certain are still owed when their offer could not be made behind one that is held', () => {
    const impolite = walk({ role: 'impolite' }).skip(certainChange, offered(1, 'R1'));
    expect(impolite.take({ type: 'failed', state: 'stable' })).toEqual([
      'report operation-failed',
      'perform applyOffer R1',
    ]);
    impolite.skip(done);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1 wants', 'perform createOffer']);
  });

  it('that failed for good are not dragged into the next exchange', () => {
    const failed = { type: 'failed', state: 'stable' } as const;
    const impolite = walk({ role: 'impolite' }).skip(certainChange, failed, failed);
    expect(impolite.take(failed)).toEqual(['report change-failed']);
    impolite.skip(offered(1, 'R1'), done);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1']);
  });

  it('that an answerer is certain of are carried by the offer that it asked for', () => {
    const answerer = walk({ role: 'answerer' }).skip(certainChange, offered(1, 'R1'), done);
    expect(answerer.take(made('answer', 'L1'))).toEqual(['send answer 1 L1 wants request 1', 'start-timer grant']);
    answerer.skip(offered(2, 'R1'), done);
    expect(answerer.take(made('answer', 'L1'))).toEqual(['send answer 2 L1']);
  });
});
