/** How the sequences cite what they rest on. */

/** A fragment of webrtc-pc. */
export const w3c = (fragment: string): string => `w3c.github.io/webrtc-pc/#${fragment}`;

/** A section of RFC 9429. */
export const jsep = (section: string): string => `RFC 9429 §${section}`;
