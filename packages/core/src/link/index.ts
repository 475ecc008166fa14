// The entry point `@detente/core/link`: everything public of the link.
export { createLink } from './create-link.ts';
export { linkStep } from './link.ts';
export { renumberFrame, renumberLink } from './renumber.ts';
export type {
  EarlyMessage,
  LinkEffect,
  LinkEvent,
  LinkFailure,
  LinkFrame,
  LinkMove,
  LinkOptions,
  LinkReport,
  LinkState,
  MessageFrame,
  SyncFrame,
} from './types.ts';
