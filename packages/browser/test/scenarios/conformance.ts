/** The contract of a port, kept by this adapter's on real peer connections. */
import { createBrowserPort } from '@detente/browser';
import { runAdapterConformance } from '@detente/testing';
import type { Engine } from './engine.ts';

/** What became of each case, by its name. */
export const conformance = async (engine: Engine): Promise<Readonly<Record<string, string>>> => {
  const tracks = { audio: await engine.createTrack('audio'), video: await engine.createTrack('video') };
  const cases = runAdapterConformance({
    create: () => engine.createPc(),
    port: (pc) => createBrowserPort(pc),
    addTrack: (pc, kind) => void pc.addTrack(tracks[kind], engine.createStream(tracks[kind])),
    close: (pc) => pc.close(),
    moment: () => new Promise((resolve) => setTimeout(resolve, 10)),
  });
  const results: Record<string, string> = {};
  for (const { name, run } of cases) results[name] = await run().catch(String);
  for (const track of Object.values(tracks)) track.stop();
  return results;
};
