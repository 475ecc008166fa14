/** What must be true of a story once it is over, by the named invariants. */
import { type Role, liveUfrags } from '@detente/core';
import { type End, ends, otherEnd } from '../ends.ts';
import { assertInvariant } from '../invariants.ts';
import { agreement } from '../virtual/agreement.ts';
import { VirtualPeerConnection } from '../virtual/peer-connection.ts';
import { engineVariants } from '../virtual/variants.ts';
import { type Played, isTold } from './play.ts';
import type { EngineChoice } from './setting.ts';

/** Codes that tell the application that something of its own, or of the other side, will not be negotiated. */
const givesUp: ReadonlySet<string> = new Set(['change-failed', 'offer-refused', 'candidates-overflow']);

/**
 * While a change waits, one exchange of the other side may be under way already, or be its turn. An answerer's changes are
 * carried by exchanges of the other side, so the one that carries them counts as well. Without a word for wants, as on the
 * W3C's wire, there is no bound.
 */
const overtakingBound = (role: Role): number => (role === 'answerer' ? 2 : 1);

/** After the last change: those that each side owes, each followed by one that its answer could not carry. */
const exchangesBound = 6;

/** Throws `InvariantViolation`. */
export const judgePlayed = (played: Played): void => {
  const { pair, setting } = played;
  if (pair.violation) throw pair.violation;
  for (const end of ends) assertInvariant('S8', { kept: keptBy(played, end), bound: 512 });
  if (ends.some((end) => isSpoiled(played, end))) return;
  const failed = ends.some((end) => pair[end].closed);
  const stalls = ends.some((end) => pair[end].stalls > 0);
  const refuses = ends.some(
    (end) => isPicky(setting[end]) && pair[end].errors.some(({ code }) => code === 'offer-refused'),
  );
  const isFaulty = pair.faults > 0 || refuses;
  // On the W3C's wire the other side is not told; it waits, and says so.
  const isUntold = setting.network === 'w3c' && (played.engineFaults > 0 || refuses);
  const reported = isFaulty && ends.some((end) => pair[end].errors.some(({ code }) => givesUp.has(code)));
  // An exchange that one end applied and the other gave up can leave engines that refuse each other's offers for good; what
  // is tried again after longer and longer pauses is reported each time.
  const isDivided =
    played.engineFaults > 0 && ends.some((end) => pair[end].errors.filter(({ code }) => givesUp.has(code)).length > 2);
  assertInvariant('L4', { exchanges: played.calm ? 0 : Infinity, bound: exchangesBound });
  for (const end of ends) {
    const { settled, closed } = pair[end];
    const isLoud = closed || isDivided || (stalls && (failed || isUntold));
    const isAlone = closed !== pair[otherEnd(end)].closed && played.losses === 0 && setting.network === 'reliable';
    assertInvariant('L2', { atRest: played.quiet && settled, failed: isLoud && !isAlone });
  }
  // Nothing but a fault may make anybody wait in vain, and nothing may happen behind the session's back.
  assertInvariant('L2', { atRest: isFaulty || played.closedByUs || !stalls, failed: false });
  const astray = ends.some((end) => pair[end].errors.some(({ code }) => code === 'engine-astray'));
  assertInvariant('L2', { atRest: !astray, failed: false });
  if (failed) return;
  assertInvariant('L4', { exchanges: played.exchangesAfterwards, bound: exchangesBound + pair.faults });
  for (const end of ends) assertInvariant('L1', { owed: owes(played, end), reported });
  if (!isFaulty && setting.network !== 'w3c') {
    for (const end of ends)
      assertInvariant('L3', { overtaken: played.overtaken[end], bound: overtakingBound(setting.role) });
  }
  if (reported) return;
  const { left, right } = pair.witness.deeds;
  assertInvariant('S5', { left: left.completed, right: right.completed });
  assertAgreement(played);
  if (played.engineFaults === 0) for (const end of ends) assertCandidates(played, end);
};

/** Whether the engine refuses an offer without any fault, as Firefox does an ICE restart after a rollback. */
const isPicky = (choice: EngineChoice): boolean =>
  choice.engine === 'virtual' && engineVariants[choice.variant].rollbackRefusesIceRestart;

/**
 * Chromium's rollback loses data channels for good, and a collision of audio with video breaks it: nothing is owed where it
 * rolled back, as it may have to after a lapsed lease, a declined or a failed offer.
 */
const isSpoiled = ({ pair, setting }: Played, end: End): boolean => {
  const choice = setting[end];
  if (choice.engine !== 'virtual' || choice.variant !== 'chromium') return false;
  return pair[end].trace.some(({ outputs }) =>
    outputs.some((output) => output.type === 'perform' && output.operation === 'rollback'),
  );
};

/**
 * With the engine's events, an end owes what its engine still wants. By hand, it owes an exchange after each call: what one
 * side's answer makes the other side's engine want is then for the application to notice.
 */
const owes = ({ pair, setting, replaced, asked }: Played, end: End): boolean => {
  const { engine } = pair[end];
  const ufrags = liveUfrags(engine.port.localDescription?.sdp ?? '');
  if (replaced[end].some((ufrag) => ufrags.includes(ufrag))) return true;
  if (isTold(setting, engine) || setting[end].engine === 'light') return engine.owes;
  return asked[end]?.engine === engine && asked[end].completed === pair.witness.deeds[end].completed;
};

const keptBy = ({ pair }: Played, end: End): number => {
  const { endpoint, wire } = pair[end].session.snapshot();
  const { remoteCandidates, localCandidates, trail } = endpoint.registers;
  return Math.max(
    remoteCandidates.length,
    localCandidates.length,
    trail?.candidates.length ?? 0,
    wire?.link.early.length ?? 0,
    wire?.link.unacked.length ?? 0,
  );
};

/** S5 to the letter: every m-line, direction and ufrag. */
const assertAgreement = ({ pair }: Played): void => {
  const [left, right] = [pair.left.engine, pair.right.engine].map((engine) => ('pc' in engine ? engine.pc : null));
  if (!(left instanceof VirtualPeerConnection) || !(right instanceof VirtualPeerConnection)) return;
  const { differences } = agreement(left, right);
  assertInvariant('S5', { left: 'agreed', right: differences.join('; ') || 'agreed' });
};

/** S6 for candidates: what was gathered for the descriptions that hold now has reached the other side's engine. */
const assertCandidates = ({ pair }: Played, end: End): void => {
  const sdp = pair[end].engine.port.localDescription?.sdp ?? '';
  const { added } = pair.witness.deeds[otherEnd(end)];
  for (const { candidate, usernameFragment } of pair.witness.deeds[end].gathered) {
    if (!sdp.includes(`a=ice-ufrag:${usernameFragment}\r\n`)) continue;
    const handled = added.some((one) => one.candidate === candidate && one.usernameFragment === usernameFragment);
    assertInvariant('S6', { threw: false, handled, reason: null });
  }
};
