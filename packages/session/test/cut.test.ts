/**
 * Two processes, real sockets, and a proxy between them that loses one message and breaks both connections with it: the
 * first message in the first run, the second in the second, and so on until a run has fewer messages than that.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Command, Status } from './support/cut-program.ts';
import { rolePairs } from './support/pair.ts';

const sides = ['left', 'right'] as const;
type Side = (typeof sides)[number];

const createProxy = async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  let sockets: Partial<Record<Side, WebSocket>> = {};
  let untilCut = 0;
  let cut: readonly Side[] = [];
  server.on('connection', (socket, { url }) => {
    const side: Side = url === '/left' ? 'left' : 'right';
    sockets[side] = socket;
    socket.on('message', (data) => {
      if (sockets[side] !== socket) return;
      untilCut -= 1;
      if (untilCut === 0) {
        cut = sides.filter((one) => sockets[one]);
        for (const one of Object.values(sockets)) one.terminate();
        sockets = {};
        return;
      }
      // Whoever is not connected misses it.
      sockets[side === 'left' ? 'right' : 'left']?.send(String(data));
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Who was cut off in this run. */
    get cut() {
      return cut;
    },
    /** A new run begins, which is to be cut at that message. */
    begin(message: number) {
      sockets = {};
      cut = [];
      untilCut = message;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

/** Whoever was cut off has made a second change then. */
const hasAgreed = ({ left, right }: Partial<Record<Side, Status>>, cut: readonly Side[]): boolean =>
  left?.state === 'stable' &&
  right?.state === 'stable' &&
  left.agreed !== null &&
  left.agreed === right.agreed &&
  left.known === right.changes &&
  right.known === left.changes &&
  left.changes === (cut.includes('left') ? 2 : 1) &&
  right.changes === (cut.includes('right') ? 2 : 1);

describe('a connection that breaks at any message', () => {
  let children: Record<Side, ChildProcess>;
  let proxy: Awaited<ReturnType<typeof createProxy>>;
  let runs = 0;

  beforeAll(async () => {
    proxy = await createProxy();
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const program = fileURLToPath(new URL('support/cut-program.ts', import.meta.url));
    const spawn = () => fork(program, { execArgv: ['--conditions=@detente/source', `--import=${loader}`] });
    children = { left: spawn(), right: spawn() };
  });
  afterAll(async () => {
    for (const side of sides) children[side].kill();
    await proxy.close();
  });

  const command = (side: Side, one: Command) => void children[side].send(one);

  /** Resolves once both agree. */
  const runOnce = async (roles: Record<Side, (typeof rolePairs)[number][number]>) => {
    runs += 1;
    const run = runs;
    const statuses: Partial<Record<Side, Status>> = {};
    let wasCut = false;
    await new Promise<void>((resolve) => {
      for (const side of sides) {
        const listener = (status: Status) => {
          if (status.run !== run) return;
          statuses[side] = status;
          if (!hasAgreed(statuses, proxy.cut)) return;
          wasCut = proxy.cut.length > 0;
          for (const one of sides) children[one].removeAllListeners('message');
          resolve();
        };
        children[side].on('message', listener);
        command(side, { type: 'start', run, name: side, role: roles[side], url: `${proxy.url}/${side}` });
      }
    });
    for (const side of sides) command(side, { type: 'end' });
    const complaints = sides.flatMap((side) => statuses[side]?.complaints ?? []);
    return { wasCut, complaints };
  };

  it.each(rolePairs)(
    '%s and %s agree in every run, with the changes that were made while they were apart',
    async (left, right) => {
      let cuts = 0;
      for (let wasCut = true; wasCut;) {
        proxy.begin(cuts + 1);
        const result = await runOnce({ left, right });
        expect(result.complaints).toEqual([]);
        wasCut = result.wasCut;
        if (wasCut) cuts += 1;
      }
      expect(cuts).toBeGreaterThan(5);
    },
    25_000,
  );
});
