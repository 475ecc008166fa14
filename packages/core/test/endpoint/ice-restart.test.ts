import { describe, expect, it } from 'vitest';
import {
  answered,
  certainChange,
  change,
  declined,
  done,
  granted,
  made,
  offered,
  requested,
  restartIce,
  sdpOf,
  type Walk,
  walk,
} from '../support/walk.ts';

const agreed = (role: 'polite' | 'impolite' | 'requester' | 'answerer') =>
  walk({ role, rollback: true }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
const isRestartOwed = ({ endpoint }: Walk) => endpoint.registers.restarting !== null;

describe('an ICE restart', () => {
  it('is asked of the engine in the next offer, and is over when our credentials have changed', () => {
    const impolite = agreed('impolite');
    expect(impolite.take(restartIce)).toEqual(['perform createOffer iceRestart']);
    impolite.skip(made('offer', 'L2'), answered(1, 'R2'));
    expect(impolite.take(done)).toEqual([]);
    expect(isRestartOwed(impolite)).toBe(false);
    expect(impolite.take(change)).toEqual(['perform createOffer']);
  });

  it('goes through negotiation: a requester asks for it', () => {
    const requester = agreed('requester');
    expect(requester.take(restartIce)).toEqual(['send request 1', 'start-timer grant']);
    expect(requester.take(granted(1))).toEqual(['stop-timer grant', 'perform createOffer iceRestart']);
  });

  it('that is asked for while an offer is out follows in the next one', () => {
    const impolite = agreed('impolite').skip(change, made('offer', 'L1'), restartIce, answered(1, 'R1'));
    expect(impolite.take(done)).toEqual(['perform createOffer iceRestart']);
    impolite.skip(made('offer', 'L2'), answered(2, 'R2'), done);
    expect(isRestartOwed(impolite)).toBe(false);
  });

  it('that is asked for while the very first offer is out follows in the next one', () => {
    const impolite = walk({ role: 'impolite' }).skip(change, made('offer', 'L1'), restartIce, answered(1, 'R1'));
    expect(impolite.take(done)).toEqual(['perform createOffer iceRestart']);
  });

  it('that is asked for again while a restart is out is another one', () => {
    const impolite = agreed('impolite').skip(restartIce, made('offer', 'L2'), restartIce, answered(1, 'R2'));
    expect(impolite.take(done)).toEqual(['perform createOffer iceRestart']);
  });

  it('before the first exchange is the first exchange', () => {
    const impolite = walk({ role: 'impolite' });
    expect(impolite.take(restartIce)).toEqual(['perform createOffer iceRestart']);
    impolite.skip(made('offer', 'L1'), answered(1, 'R1'), done);
    expect(isRestartOwed(impolite)).toBe(false);
  });

  it('survives a glare: after the rollback it is offered again', () => {
    const polite = agreed('polite').skip(restartIce, made('offer', 'L2'), offered(2, 'R1'), done, done);
    expect(polite.take(made('answer', 'L1'))).toEqual(['send answer 2 L1 wants', 'perform createOffer iceRestart']);
  });

  it('is carried by an answer with new credentials', () => {
    const polite = agreed('polite').skip(restartIce, made('offer', 'L2'), offered(2, 'R2'), done, done);
    expect(polite.take(made('answer', 'L3'))).toEqual(['send answer 2 L3']);
    expect(isRestartOwed(polite)).toBe(false);
  });

  it('is owed by a glare that is lost while the offer is still being made', () => {
    const polite = agreed('polite').skip(restartIce, offered(2, 'R1'), made('offer', 'L2'), done, done);
    expect(polite.take(made('answer', 'L1'))).toEqual(['send answer 2 L1 wants', 'perform createOffer iceRestart']);
  });

  it('survives a decline', () => {
    const polite = agreed('polite').skip(restartIce, made('offer', 'L2'));
    expect(polite.take(declined(1, 'refused'))).toEqual([
      'stop-timer answer',
      'report offer-declined',
      'perform rollback',
    ]);
    expect(polite.take(done)).toEqual(['perform createOffer iceRestart']);
  });

  it('is asked for again when making the offer failed', () => {
    const impolite = agreed('impolite').skip(restartIce);
    expect(impolite.take({ type: 'failed', state: 'stable' })).toEqual([
      'report operation-failed',
      'perform createOffer iceRestart',
    ]);
  });

  it('waits with a change in the same offer', () => {
    const impolite = agreed('impolite').skip(offered(2, 'R1'), restartIce, certainChange, done);
    expect(impolite.take(made('answer', 'L1'))).toEqual(['send answer 2 L1 wants', 'perform createOffer iceRestart']);
    impolite.skip(made('offer', 'L2'), answered(1, 'R2'));
    expect(impolite.take(done)).toEqual([]);
    expect(impolite.path).toBe('stable');
  });

  it('is asked for by an answerer, and made by the offerer once', () => {
    const answerer = walk({ role: 'answerer' }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    expect(answerer.take(restartIce)).toEqual(['send request 1 iceRestart', 'start-timer grant']);
    const offerer = walk({ role: 'offerer' }).skip(change, made('offer', 'R1'), answered(1, 'L1'), done);
    expect(offerer.take(requested(1, true))).toEqual(['perform createOffer iceRestart']);
    expect(offerer.take(requested(1, true))).toEqual([]);
    offerer.skip(made('offer', 'R2'));
    answerer.skip(offered(2, 'R2'), done);
    expect(answerer.take(made('answer', 'L2'))).toEqual(['send answer 2 L2']);
    expect(isRestartOwed(answerer)).toBe(false);
    offerer.skip(answered(2, 'L2'), done);
    expect(isRestartOwed(offerer)).toBe(false);
  });

  it('is over although a rejected m-line goes on naming what it had', () => {
    const answerer = agreed('answerer').skip(restartIce, offered(2, 'R2'), done);
    const sdp = `${sdpOf('L2')}m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:L1\r\n`;
    answerer.take({ type: 'done', needed: false, description: { type: 'answer', sdp } });
    expect(isRestartOwed(answerer)).toBe(false);
  });

  it('of an answerer that an offer crossed is asked for again with its answer', () => {
    const answerer = walk({ role: 'answerer' }).skip(offered(1, 'R1'), done, made('answer', 'L1'));
    answerer.skip(offered(2, 'R1'), restartIce, done);
    expect(answerer.take(made('answer', 'L1'))).toEqual([
      'send answer 2 L1 wants request 1 iceRestart',
      'start-timer grant',
    ]);
  });
});
