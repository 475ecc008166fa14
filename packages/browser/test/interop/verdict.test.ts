import { describe, expect, it } from 'vitest';
import type { ErrorView } from './peer.ts';
import { isSame } from './verdict.ts';

const round = { left: [], right: [], said: [] };
const none: readonly ErrorView[] = [];
const cell = {
  record: [round, round, round],
  complaint: "data channel 'channel 1' is connecting; what flows is not what both sides want",
  errors: { left: none, right: none },
};

describe('what goes wrong by hand', () => {
  it('is the same whichever data channel it befalls, and however that fails to open', () => {
    const complaint = "what flows is not what both sides want; data channel 'channel 0' is closed";
    expect(isSame(cell, { round: 2, complaint })).toBe(true);
  });

  it('is the same whichever side and m-line it befalls', () => {
    const silent = { ...cell, complaint: 'right receives no audio on m-line 18' };
    expect(isSame(silent, { round: 3, complaint: 'left receives no audio on m-line 2' })).toBe(true);
    expect(isSame(silent, { round: 3, complaint: 'left receives no video on m-line 2' })).toBe(false);
  });

  it('proves nothing when it goes wrong sooner', () => {
    expect(isSame(cell, { round: 1, complaint: cell.complaint })).toBe(false);
  });

  it('proves nothing when less or more goes wrong', () => {
    for (const complaint of [
      'what flows is not what both sides want',
      `${cell.complaint}; left is have-local-offer`,
      '',
    ]) {
      expect(isSame(cell, { round: 2, complaint })).toBe(false);
    }
  });

  it('is the same when the engine says what it last said to a session, but not what it said before', () => {
    const said = (cause: string) => ({ code: 'offer-refused', message: 'The engine refuses.', cause });
    const refused = [said('OperationError: No.'), said('InvalidAccessError: Not so.')];
    const reported = { ...cell, errors: { left: none, right: refused } };
    expect(isSame(reported, { round: 2, complaint: 'InvalidAccessError: Not so.' })).toBe(true);
    expect(isSame(reported, { round: 2, complaint: 'OperationError: No.' })).toBe(false);
    const declined = { code: 'offer-declined', message: 'The other side refuses.' };
    const reportedMore = { ...cell, errors: { left: none, right: [...refused, declined] } };
    expect(isSame(reportedMore, { round: 2, complaint: 'InvalidAccessError: Not so.' })).toBe(true);
  });
});
