/**
 * A signaling channel between two ends in one program: reliable and ordered unless told otherwise, as slow as asked, and it
 * can be held up.
 */

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
  /** What happens to the next description of this type that this side sends. */
  next(from: SideName, type: 'offer' | 'answer', fate: Fate): void;
}

export type Fate = 'is lost' | 'arrives twice';

export const createChannel = (
  deliver: Readonly<Record<SideName, (message: object) => void>>,
  latencyMs = 0,
): Channel => {
  const sent: { from: SideName; message: object }[] = [];
  let held: (() => void)[] | null = null;
  let underWay = 0;
  const fates: { readonly from: SideName; readonly type: string; readonly fate: Fate }[] = [];
  const fateOf = (from: SideName, message: object): Fate | undefined => {
    const { description } = message as { description?: { type: string } };
    const index = fates.findIndex((each) => each.from === from && each.type === description?.type);
    return index < 0 ? undefined : fates.splice(index, 1)[0]?.fate;
  };
  return {
    sent,
    get isEmpty() {
      return underWay === 0;
    },
    send(from, message) {
      const copy = JSON.parse(JSON.stringify(message)) as object;
      sent.push({ from, message: copy });
      const fate = fateOf(from, copy);
      if (fate === 'is lost') return;
      underWay += 1;
      const arrive = () => {
        underWay -= 1;
        for (let times = fate === 'arrives twice' ? 2 : 1; times > 0; times -= 1) {
          deliver[from === 'left' ? 'right' : 'left'](copy);
        }
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
    next: (from, type, fate) => void fates.push({ from, type, fate }),
  };
};

/**
 * The offers and answers among the messages: the measure of what an exchange costs. One that the link says again, because
 * an acknowledgement is slow to come, counts once. Fits both wires.
 */
export const descriptionsOf = (messages: Channel['sent']): readonly string[] => {
  const seen = new Set<string>();
  return messages.flatMap(({ from, message }) => {
    const { description, seq } = message as { description?: { type: string }; seq?: number };
    const name = `${from} ${seq}`;
    if (!description || (seq !== undefined && seen.has(name))) return [];
    seen.add(name);
    return [`${from} ${description.type}`];
  });
};
