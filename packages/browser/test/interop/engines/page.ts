/** The engine of the page that this is bundled into, and the peers that live there, by number. */
import { negotiate } from '@detente/browser';
import { browserEngine } from '../../scenarios/browser-engine.ts';
import { createEnd, type EndOptions } from '../end.ts';
import type { Peer } from '../peer.ts';
import { canRollBack as tryRollback } from '../rollback.ts';

const engine = { ...browserEngine, tells: true, negotiate };
const peers: Peer[] = [];

/** Returns the number of the new peer. */
export const join = async (options: EndOptions): Promise<number> => peers.push(await createEnd(engine, options)) - 1;

export const tell = (number: number, what: keyof Peer, argument: never): Promise<unknown> | undefined =>
  peers[number]?.[what](argument);

export const canRollBack = (): Promise<boolean> => tryRollback(engine);
