/** Listening to an engine: as an `EventTarget`, or by its `on…` attributes where that is all it has. */
import type { PeerConnectionLike } from './peer-connection-like.ts';

type Handler = (event: object) => void;

/** Returns a function that stops listening. A handler that the application set by `on…` keeps being called. */
export const listen = (pc: PeerConnectionLike, handlers: Readonly<Record<string, Handler>>): (() => void) => {
  const stops = Object.entries(handlers).map(([type, handler]) => listenTo(pc, type, handler));
  return () => stops.forEach((stop) => stop());
};

const listenTo = (pc: PeerConnectionLike, type: string, handler: Handler): (() => void) => {
  if (typeof pc.addEventListener === 'function') {
    pc.addEventListener(type, handler);
    return () => pc.removeEventListener?.(type, handler);
  }
  const attributes = pc as unknown as Record<string, Handler | null | undefined>;
  const name = `on${type}`;
  const theirs = attributes[name];
  const both: Handler = (event) => {
    handler(event);
    theirs?.call(pc, event);
  };
  attributes[name] = both;
  return () => {
    if (attributes[name] === both) attributes[name] = theirs ?? null;
  };
};
