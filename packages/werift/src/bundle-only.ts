/**
 * An m-line that is offered within a bundle only has the port 0, as Firefox offers every further one of a kind. werift takes
 * each port 0 for a rejection, and stops the transceiver or declines the m-line without a word.
 */

const bundleOnly = /^a=bundle-only\s*$/m;

/** The offer with the port that stands for any port at each m-line that is bundled only. Spec: RFC 9143 §6 */
export const withBundledPorts = (sdp: string): string =>
  sdp
    .split(/^(?=m=)/m)
    .map((section) => (bundleOnly.test(section) ? section.replace(/^(m=\S+) 0 /, '$1 9 ') : section))
    .join('');
