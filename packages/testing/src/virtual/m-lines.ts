/** The order of m-lines: what keeps two ends talking about the same thing. */
import { type AppliedDescription, type Descriptions, sectionsOf } from './descriptions.ts';
import type { MediaSection, SdpDocument } from './sdp.ts';

/** Whether the m-line at this place is dead, so that another mid may take it. Spec: RFC 9429 §5.2.2. */
export const isRecyclable = ({ currentLocal, currentRemote }: Descriptions, index: number): boolean =>
  [currentLocal, currentRemote].some((applied) => sectionsOf(applied)[index]?.rejected);

const hasOrderOf = (left: MediaSection, right: MediaSection | undefined): boolean =>
  left.kind === right?.kind && left.mid === right.mid;

/** What is wrong with the m-lines of an answer, given its offer. Spec: RFC 9429 §5.11 */
export const answerMismatch = (offer: AppliedDescription | null, answer: SdpDocument): string | undefined => {
  const offered = sectionsOf(offer);
  const inOrder =
    offered.length === answer.sections.length &&
    offered.every((section, index) => hasOrderOf(section, answer.sections[index]));
  return inOrder ? undefined : "The order of m-lines in answer doesn't match order in offer. Rejecting answer.";
};

/** What is wrong with the m-lines of a remote offer, given the exchange before it. Spec: RFC 9429 §5.2.2 */
export const offerMismatch = (before: Descriptions, offer: SdpDocument): string | undefined => {
  const inOrder = sectionsOf(before.currentRemote).every((section, index) => {
    const offered = offer.sections[index];
    return offered !== undefined && (hasOrderOf(section, offered) || isRecyclable(before, index));
  });
  return inOrder
    ? undefined
    : "The order of m-lines in subsequent offer doesn't match order from previous offer/answer.";
};
