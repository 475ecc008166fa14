/** The arrows of a run, between beats; and which of them are drawn level, as if they took no time. */
import type { MessageKind } from '@detente/core';
import type { Beat } from './beats.ts';

export interface Delivery {
  readonly message: string;
  readonly kind: MessageKind;
  readonly label: string;
  /** Places of the lifelines. */
  readonly from: number;
  readonly to: number;
  /** The beat that sends, unless that was before the run. */
  readonly sent?: number | undefined;
  /** The beat that receives, unless it is lost or still under way. */
  readonly received?: number | undefined;
  readonly lost: boolean;
  /** It arrived before: this is a duplicate. */
  readonly again: boolean;
}

export const toDeliveries = (beats: readonly Beat[], places: ReadonlyMap<string, number>): readonly Delivery[] => {
  const place = (id: string) => places.get(id) ?? 0;
  const sends = new Map<string, number>();
  const received = new Set<string>();
  const deliveries: Delivery[] = [];
  for (const [index, { lifeline, arrow }] of beats.entries()) {
    if (!arrow) continue;
    const { message, kind, label } = arrow;
    if (arrow.type === 'send') sends.set(message, index);
    else {
      const sent = sends.get(message);
      const again = received.has(message);
      received.add(message);
      const text = again ? `${label} again` : label;
      const [from, to] = [place(arrow.from), lifeline];
      deliveries.push({ message, kind, label: text, from, to, sent, received: index, lost: false, again });
    }
  }
  for (const [message, sent] of sends) {
    const { lifeline, arrow } = beats[sent] as Beat;
    if (received.has(message) || arrow?.type !== 'send') continue;
    const { kind, label, to, lost = false } = arrow;
    deliveries.push({ message, kind, label, from: lifeline, to: place(to), sent, lost, again: false });
  }
  return deliveries.toSorted((one, other) => firstBeat(one) - firstBeat(other));
};

const firstBeat = ({ sent, received }: Delivery): number => sent ?? received ?? 0;

/** Whether two messages between the same two lifelines pass each other, whichever way they go. */
export const cross = (one: Delivery, other: Delivery): boolean => {
  const ends = (delivery: Delivery) =>
    new Map([
      [delivery.from, delivery.sent],
      [delivery.to, delivery.received],
    ]);
  const [these, those] = [ends(one), ends(other)];
  const orders = [one.from, one.to].map((place) => {
    const [here, there] = [these.get(place), those.get(place)];
    return here === undefined || there === undefined ? 0 : Math.sign(here - there);
  });
  return orders.includes(1) && orders.includes(-1);
};
