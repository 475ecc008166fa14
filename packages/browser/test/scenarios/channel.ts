/** A signaling channel between two ends in one program: reliable and ordered, as slow as asked, and it can be held up. */

export type SideName = 'left' | 'right';

export interface Channel {
  /** What the ends have sent since the last `forget`, in order. */
  readonly sent: readonly { readonly from: SideName; readonly message: object }[];
  /** Nothing is on its way. */
  readonly isEmpty: boolean;
  send(from: SideName, message: object): void;
  forget(): void;
  /** From now on messages wait; `release` lets them go, in order. */
  hold(): void;
  release(): void;
}

export const createChannel = (
  deliver: Readonly<Record<SideName, (message: object) => void>>,
  latencyMs = 0,
): Channel => {
  const sent: { from: SideName; message: object }[] = [];
  let held: (() => void)[] | null = null;
  let underWay = 0;
  return {
    sent,
    get isEmpty() {
      return underWay === 0;
    },
    send(from, message) {
      const copy = JSON.parse(JSON.stringify(message)) as object;
      sent.push({ from, message: copy });
      underWay += 1;
      const arrive = () => {
        underWay -= 1;
        deliver[from === 'left' ? 'right' : 'left'](copy);
      };
      const go = () => void setTimeout(arrive, latencyMs);
      if (held) held.push(go);
      else go();
    },
    forget() {
      sent.length = 0;
    },
    hold() {
      held = [];
    },
    release() {
      const waiting = held ?? [];
      held = null;
      for (const go of waiting) go();
    },
  };
};

/** The offers and answers among the messages: the measure of what an exchange costs. Fits both wires. */
export const descriptionsOf = (messages: Channel['sent']): readonly string[] =>
  messages.flatMap(({ from, message }) => {
    const { description } = message as { description?: { type: string } };
    return description ? [`${from} ${description.type}`] : [];
  });
