import { expect, it } from 'vitest';
import { connected, createMarkedTrack, createSide, exchange, type Side, until } from './loopback.ts';

const connectedByMedia = async (left: Side, right: Side): Promise<void> => {
  left.pc.addTransceiver(createMarkedTrack('audio', 'music'), { direction: 'sendonly' });
  await exchange(left, right);
  await connected(left, right);
};

const makesDataChannel = (from: Side, to: Side, label: string) => {
  const heard: string[] = [];
  to.pc.onDataChannel.subscribe((channel) => {
    channel.onMessage.subscribe((message) => {
      if (channel.label === label) heard.push(message.toString());
    });
  });
  const channel = from.pc.createDataChannel(label);
  return async (): Promise<readonly string[]> => {
    await until(() => channel.readyState === 'open');
    channel.send(`through ${label}`);
    await until(() => heard.length > 0);
    return heard;
  };
};

it.each(['who offered first', 'who answered first'])(
  'data channels of both sides open when %s offers them on a connection that is there',
  async (who) => {
    const [left, right] = [createSide(), createSide()];
    await connectedByMedia(left, right);
    const fromLeft = makesDataChannel(left, right, 'of left');
    const fromRight = makesDataChannel(right, left, 'of right');
    await (who === 'who offered first' ? exchange(left, right) : exchange(right, left));
    expect(await fromLeft()).toEqual(['through of left']);
    expect(await fromRight()).toEqual(['through of right']);
  },
);

it('data channels of both sides open when they are offered by who answered first, before the sides are connected', async () => {
  const [left, right] = [createSide(), createSide()];
  left.pc.addTransceiver('audio');
  await exchange(left, right);
  const fromLeft = makesDataChannel(left, right, 'of left');
  const fromRight = makesDataChannel(right, left, 'of right');
  await exchange(right, left);
  expect(await fromRight()).toEqual(['through of right']);
  expect(await fromLeft()).toEqual(['through of left']);
});
