/** Wraps a peer connection, as a test may: each operation passes through a function that can delay it or make it fail. */

export const operations = [
  'createOffer',
  'setLocalDescription offer',
  'setLocalDescription rollback',
  'setRemoteDescription offer',
  'createAnswer',
  'setLocalDescription answer',
  'setRemoteDescription answer',
  'addIceCandidate',
] as const;

export type OperationName = (typeof operations)[number];

type Around = (name: OperationName, perform: () => Promise<unknown>) => Promise<unknown>;

const methods = ['createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription', 'addIceCandidate'];

export const intercept = (pc: RTCPeerConnection, around: Around): RTCPeerConnection =>
  new Proxy(pc, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      const call = value.bind(target) as (...args: unknown[]) => Promise<unknown>;
      if (!methods.includes(String(key))) return call;
      return (argument?: { readonly type?: string }) => {
        const type = String(key).startsWith('set') ? ` ${argument?.type}` : '';
        return around(`${String(key)}${type}` as OperationName, () => call(argument));
      };
    },
  });

export type FailureMode =
  /** It rejects and does nothing. */
  | 'before'
  /** It does what it should and rejects all the same. */
  | 'after';

/** Makes the named operation fail the first `times` times. */
export const failing =
  (operation: OperationName, mode: FailureMode, times: number): Around =>
  async (name, perform) => {
    const fails = name === operation && times > 0;
    if (fails) times -= 1;
    if (fails && mode === 'before') throw new Error('injected');
    const result = await perform();
    if (fails) throw new Error('injected');
    return result;
  };
