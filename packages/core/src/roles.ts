/**
 * Roles: who may offer when, and who gives way in a glare. They come in pairs, one role at each end of a session.
 */

export const roles = ['polite', 'impolite', 'requester', 'arbiter', 'answerer', 'offerer', 'auto'] as const;

/** Spec: w3c.github.io/webrtc-pc/#perfect-negotiation-example for `polite` and `impolite`; docs/roles.md for the rest. */
export type Role = (typeof roles)[number];

/** The role that the other side must play. */
export const counterpart: Readonly<Record<Role, Role>> = {
  polite: 'impolite',
  impolite: 'polite',
  requester: 'arbiter',
  arbiter: 'requester',
  answerer: 'offerer',
  offerer: 'answerer',
  auto: 'auto',
};

/** Whether an engine without rollback can play the role. Every role but `polite` can be played without one. */
export const needsRollback = (role: Role): boolean => role === 'polite';
