/**
 * Every way in which negotiation can go wrong, by code. What the caller did wrong throws; what the other side or the
 * engine did is reported; a broken invariant is a bug and says so.
 */

/** What the machine reports, with the sentence that a developer reads and whether the session goes on. */
const reports = {
  'stale-answer': [true, 'An answer came that answers no offer of ours that is out; it was dropped.'],
  'stale-offer': [true, 'An offer came that is older than one that came before; it was dropped.'],
  'stale-request': [true, 'A request came that is older than one that came before; it was dropped.'],
  'stale-grant': [true, 'A grant came that grants no request of ours that is out; it was dropped.'],
  'stale-decline': [true, 'A decline came for no offer of ours that is out; it was dropped.'],
  'unexpected-request': [true, 'The other side asked for the floor, which our role cannot grant; it was dropped.'],
  'offer-ignored': [true, 'An offer of the other side collided with ours and was ignored; it will come again.'],
  'floor-reclaimed': [true, 'The other side took the floor back while we were using it.'],
  'candidates-overflow': [true, 'Too many candidates wait for a description; the newest was dropped.'],
  'lease-lapsed': [true, 'The other side was granted the floor and made no offer in time; the floor was taken back.'],
  stalled: [true, 'Something that the other side owes has not come in time.'],
  'operation-failed': [true, 'An operation of the engine failed.'],
  'offer-refused': [true, "The engine refused the other side's offer, so it was declined."],
  'offer-declined': [true, "The other side's engine refused our offer."],
  'change-failed': [true, 'The change cannot be negotiated here; a later change will be tried again.'],
  'floor-lost': [
    false,
    'Both sides have an offer out and neither engine can roll back: a new RTCPeerConnection is needed.',
  ],
  'rollback-failed': [false, 'The engine cannot return to stable: a new RTCPeerConnection is needed.'],
  'engine-astray': [
    false,
    'The engine is not in the signaling state that it must be in: does something else negotiate on it?',
  ],
  'engine-hung': [false, 'An operation of the engine did not finish in time: a new RTCPeerConnection is needed.'],
  'engine-closed': [false, 'The RTCPeerConnection was closed under the session.'],
  'link-failed': [false, 'The link to the other side gave up.'],
  'remote-closed': [false, 'The other side closed the session.'],
  'role-mismatch': [false, "The other side's role does not fit ours, so the two would wait for ever or loop."],
} as const satisfies Record<string, readonly [recoverable: boolean, message: string]>;

export type ReportCode = keyof typeof reports;

/** Whether the session goes on after the report. */
export const isRecoverable = (code: ReportCode): boolean => reports[code][0];

/** One sentence for a developer. */
export const reportMessage = (code: ReportCode): string => reports[code][1];

export const reportCodes = Object.keys(reports) as readonly ReportCode[];
