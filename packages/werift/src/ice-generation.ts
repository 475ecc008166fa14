/**
 * libwebrtc numbers its ICE generations in an extension of its candidates, also those of offers that it rolls back. werift
 * takes the number for one of its own count of restarts, and never nominates a pair where the two differ. Generations are
 * told apart by their ufrags anyway.
 */

/** A description or a candidate without the numbers. Spec: RFC 8839 §5.1, by which an extension is ignored that is not known. */
export const withoutGenerations = (text: string): string =>
  text.replace(/^((?:a=)?candidate:.*?) generation \d+/gm, '$1');
