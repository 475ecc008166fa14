import { expect, it } from 'vitest';
import { createMarkedTrack, join, startSfu, until } from './harness.ts';

it('connects when every datagram of the handshake arrives twice', async () => {
  const sfu = await startSfu();
  const publisher = await join(sfu);
  publisher.publish(createMarkedTrack('video', 'film'), 'film');
  await until(() => sfu.stats().publications === 1);

  let repeated = 0;
  // The SFU offers first to whoever comes late, which makes that side the client of the handshake.
  const late = await join(sfu, 'lobby', (context) => {
    context.pc.signalingStateChange.subscribe(() => {
      context.pc.dtlsTransports[0]?.onStateChange.once(() =>
        queueMicrotask(() => {
          const socket = context.pc.dtlsTransports[0]?.dtls?.transport.socket;
          const take = socket?.onData;
          if (socket === undefined || take === undefined) return;
          socket.onData = (...datagram) => {
            repeated++;
            take(...datagram);
            take(...datagram);
          };
        }),
      );
    });
    return context;
  });

  await until(() => late.marks.has('film'));
  expect(repeated).toBeGreaterThan(2);
});

it('cuts off a client whose media transport fails, and tells both sides why', async () => {
  const sfu = await startSfu();
  const impostor = await join(sfu, 'lobby', (context) => ({
    ...context,
    send: (message) =>
      context.send(JSON.parse(JSON.stringify(message).replace(/(a=fingerprint:sha-256 )..:../g, '$100:00')) as object),
  }));
  impostor.publish(createMarkedTrack('audio', 'forged'), 'forged');
  await impostor.closed;
  expect(sfu.errors).toContain('connection-failed: The media transport failed: join again.');
  expect(impostor.errors).toContainEqual(expect.objectContaining({ code: 'connection-failed' }));
  await until(() => sfu.stats().peerConnections === 0);
});
