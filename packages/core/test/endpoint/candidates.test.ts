import { describe, expect, it } from 'vitest';
import {
  answered,
  candidateOfAnswer,
  candidateOfOffer,
  change,
  declined,
  done,
  doneInNeed,
  gathered,
  made,
  madeInNeed,
  offered,
  walk,
} from '../support/walk.ts';

const offerer = () => walk({ role: 'impolite' }).skip(change, made('offer', 'L1'), answered(1, 'R1'), done);
const answerer = () => walk({ role: 'polite', rollback: true }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
const failed = { type: 'failed', state: 'have-remote-offer' } as const;

describe('candidates of the other side', () => {
  it('wait for the offer that they came before, and for the engine to have it', () => {
    const polite = walk({ role: 'polite', rollback: true });
    expect(polite.take(candidateOfOffer(1, 'c1'))).toEqual([]);
    expect(polite.take(offered(1, 'R1'))).toEqual(['perform applyOffer R1']);
    expect(polite.take(candidateOfOffer(1, 'c2'))).toEqual([]);
    expect(polite.take(done)).toEqual(['perform createAnswer', 'add c1', 'add c2']);
    expect(polite.take(candidateOfOffer(1, 'c3'))).toEqual(['add c3']);
  });

  it('wait for the answer that they came before', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'));
    expect(impolite.take(candidateOfAnswer(1, 'c1'))).toEqual([]);
    impolite.skip(answered(1, 'R1'));
    expect(impolite.take(candidateOfAnswer(1, 'c2'))).toEqual([]);
    expect(impolite.take(done)).toEqual(['add c1', 'add c2']);
    expect(impolite.take(candidateOfAnswer(1, ''))).toEqual(['add ']);
  });

  it('of an ignored offer never reach the engine', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'), offered(1, 'R1'));
    expect(impolite.take(candidateOfOffer(1, 'c1', 'R1'))).toEqual([]);
    impolite.skip(answered(1, 'R2'));
    expect(impolite.take(done)).toEqual([]);
    expect(impolite.take(candidateOfOffer(1, 'late', 'R1'))).toEqual([]);
    expect(impolite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('that were held for an offer which is then ignored are dropped', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, offered(1, 'R1'), candidateOfOffer(1, 'c1'));
    expect(impolite.endpoint.registers.remoteCandidates).toHaveLength(1);
    impolite.skip(made('offer', 'L1'));
    expect(impolite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('of an answer to an offer that was rolled back never reach the engine', () => {
    const polite = walk({ role: 'polite', rollback: true }).skip(change, made('offer', 'L1'), offered(1, 'R1'), done);
    expect(polite.take(candidateOfAnswer(1, 'c1'))).toEqual([]);
    polite.skip(done, made('answer', 'L1'));
    expect(polite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('of an offer that is being given back never reach the engine', () => {
    const impolite = walk({ role: 'impolite', rollback: true }).skip(offered(1, 'R1'), done, failed, failed);
    expect(impolite.take(failed)).toEqual(['report offer-refused', 'perform rollback']);
    expect(impolite.take(candidateOfOffer(1, 'c1', 'R1'))).toEqual([]);
    expect(impolite.take(done)).toEqual(['send decline 1 refused']);
    expect(impolite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('of an offer that we declined never reach the engine', () => {
    const requester = walk({ role: 'requester', whileAsking: 'decline' }).skip(change, offered(1, 'R1'));
    expect(requester.take(candidateOfOffer(1, 'c1'))).toEqual([]);
    expect(requester.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('of the agreed generation are welcome, though an exchange that kept it has overtaken them', () => {
    const impolite = offerer().skip(offered(1, 'R1'), done, made('answer', 'L1'));
    expect(impolite.take(candidateOfAnswer(1, 'slow', 'R1'))).toEqual(['add slow']);
    const polite = answerer().skip(offered(2, 'R1'), done, made('answer', 'L1'));
    expect(polite.take(candidateOfOffer(1, 'slow', 'R1'))).toEqual(['add slow']);
  });

  it('of the agreed generation are known by their line where the field is missing', () => {
    const polite = answerer().skip(offered(2, 'R1'), done, made('answer', 'L1'));
    const line = 'candidate:1 1 udp 1 192.0.2.1 9 typ host ufrag R1 network-cost 10';
    expect(polite.take(candidateOfOffer(1, line))).toEqual([`add ${line}`]);
  });

  it('of the generation before an ICE restart never reach the engine', () => {
    const polite = answerer().skip(offered(2, 'R2'), done, made('answer', 'L2'));
    expect(polite.take(candidateOfOffer(1, 'old', 'R1'))).toEqual([]);
    expect(polite.take(candidateOfOffer(2, 'old', 'R1'))).toEqual([]);
    expect(polite.take(candidateOfOffer(2, 'new', 'R2'))).toEqual(['add new']);
    expect(polite.endpoint.registers.remoteCandidates).toEqual([]);
  });

  it('of the agreed generation wait while an ICE restart is being applied, and go where it leads', () => {
    const restarting = () => answerer().skip(offered(2, 'R2'), candidateOfOffer(1, 'old', 'R1'));
    expect(restarting().take(done)).toEqual(['perform createAnswer']);
    const answering = restarting().skip(done);
    expect(answering.take(made('answer', 'L2'))).toEqual(['send answer 2 L2']);
    expect(answering.endpoint.registers.remoteCandidates).toEqual([]);
    const refusing = restarting();
    expect(refusing.take({ type: 'failed', state: 'stable' })).toEqual([
      'report offer-refused',
      'send decline 2 refused',
      'add old',
    ]);
  });

  it('of another generation than their description names are dropped', () => {
    expect(offerer().take(candidateOfAnswer(1, 'c1', 'stranger'))).toEqual([]);
  });

  it('without a ufrag go by the exchange that they name', () => {
    expect(offerer().take(candidateOfAnswer(1, 'c1'))).toEqual(['add c1']);
    expect(offerer().take(candidateOfAnswer(2, 'c1'))).toEqual([]);
    expect(answerer().take(candidateOfOffer(1, 'c1'))).toEqual(['add c1']);
  });

  it('that wait are bounded, and what is too much is reported', () => {
    const impolite = walk({ role: 'impolite', limits: { candidates: 2 } });
    impolite.skip(candidateOfOffer(1, 'c1'), candidateOfOffer(1, 'c2'));
    expect(impolite.take(candidateOfOffer(1, 'c3'))).toEqual(['report candidates-overflow']);
    impolite.skip(offered(1, 'R1'));
    expect(impolite.take(done)).toEqual(['perform createAnswer', 'add c1', 'add c2']);
  });
});

describe('candidates of ours', () => {
  it('wait until their offer is sent, and follow it', () => {
    const impolite = walk({ role: 'impolite' }).skip(change);
    expect(impolite.take(gathered('c1', 'L1'))).toEqual([]);
    expect(impolite.take(made('offer', 'L1'))).toEqual([
      'send offer 1 L1',
      'send candidate of offer 1: c1',
      'start-timer answer',
    ]);
    expect(impolite.take(gathered('c2', 'L1'))).toEqual(['send candidate of offer 1: c2']);
  });

  it('wait until their answer is sent, and follow it', () => {
    const impolite = walk({ role: 'impolite' }).skip(offered(1, 'R1'), done);
    expect(impolite.take(gathered('c1', 'L1'))).toEqual([]);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 1 L1', 'send candidate of answer 1: c1']);
    expect(impolite.take(gathered('', 'L1'))).toEqual(['send candidate of answer 1: ']);
  });

  it('of the agreed generation go out under the agreed exchange while a new offer is made or out', () => {
    const impolite = offerer().skip(change);
    expect(impolite.take(gathered('slow', 'L1'))).toEqual(['send candidate of offer 1: slow']);
    impolite.skip(made('offer', 'L2'));
    expect(impolite.take(gathered('slower', 'L1'))).toEqual(['send candidate of offer 1: slower']);
    expect(impolite.take(gathered('new', 'L2'))).toEqual(['send candidate of offer 2: new']);
  });

  it('of an offer that lost are not sent', () => {
    const polite = walk({ role: 'polite', rollback: true }).skip(change, gathered('c1', 'L1'), offered(1, 'R1'));
    expect(polite.take(madeInNeed('offer', 'L1'))).toEqual(['perform rollback']);
    expect(polite.take(gathered('late', 'L1'))).toEqual([]);
    polite.skip(doneInNeed, doneInNeed, gathered('c2', 'L2'));
    expect(polite.take(made('answer', 'L2'))).toEqual(['send answer 1 L2', 'send candidate of answer 1: c2']);
  });

  it('of the agreed generation that were gathered while an offer lost are sent all the same', () => {
    const polite = answerer().skip(change);
    // Without a ufrag it might belong to the offer, so it waits, and is lost with it; gathering repeats what matters.
    polite.skip(gathered('unnamed'), offered(2, 'R1'));
    expect(polite.take(madeInNeed('offer', 'L2'))).toEqual(['perform rollback']);
    expect(polite.take(gathered('named', 'L1'))).toEqual(['send candidate of answer 1: named']);
  });

  it('before any description go nowhere', () => {
    expect(walk({ role: 'impolite' }).take(gathered('c1', 'L1'))).toEqual([]);
  });

  it('that wait are bounded, and what is too much is reported', () => {
    const impolite = walk({ role: 'impolite', limits: { candidates: 1 } }).skip(change, gathered('c1'));
    expect(impolite.take(gathered('c2'))).toEqual(['report candidates-overflow']);
    expect(impolite.endpoint.registers.localCandidates).toHaveLength(1);
  });

  it('are repeated with their offer only up to the bound', () => {
    const impolite = walk({ role: 'impolite', limits: { candidates: 1 } }).skip(change, made('offer', 'L1'));
    impolite.skip(gathered('c1'), gathered('c2'));
    expect(impolite.take({ type: 'repeat' })).toEqual(['send offer 1 L1', 'send candidate of offer 1: c1']);
  });
});

describe('an offer that is declined', () => {
  it('takes its candidates with it, in both directions', () => {
    const arbiter = walk({ role: 'arbiter', rollback: true }).skip(change, made('offer', 'L1'), gathered('c1', 'L1'));
    expect(arbiter.take(declined(1, 'busy', 1))).toEqual(['stop-timer answer', 'perform rollback']);
    expect(arbiter.take(candidateOfAnswer(1, 'c2'))).toEqual([]);
    expect(arbiter.endpoint.registers.remoteCandidates).toEqual([]);
  });
});
