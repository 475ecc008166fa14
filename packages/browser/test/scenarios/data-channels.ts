/** Whether data channels carry data. */
import { until } from './engine.ts';

/** Sends a text once the channel is open, which some engines do not announce; gives what comes back. */
export const sendThrough = async (channel: RTCDataChannel, text: string): Promise<string> => {
  const heard = new Promise<string>((resolve) => {
    channel.onmessage = ({ data }) => resolve(String(data));
  });
  await until(`the data channel '${channel.label}' is open`, () => channel.readyState === 'open');
  channel.send(text);
  return heard;
};

/** Sends back whatever comes through the other side's channels. */
export const echoAll = (pc: RTCPeerConnection): void => {
  pc.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(`${String(data)} and back`);
  };
};
