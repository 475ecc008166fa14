/**
 * Two links, as they ship, and the frames between them, by number: what a step makes of a link is worked out once. A timer
 * runs exactly while a lossy link has something unacknowledged, so the link's state tells.
 */
import {
  createLink,
  type LinkEvent,
  type LinkFrame,
  type LinkOptions,
  type LinkState,
  linkStep,
} from '@detente/core/link';
import { Interner } from './interner.ts';
import { stableText } from './stable-text.ts';

/** The rules under test: what ships, or a mutant of it. */
export type LinkRules = typeof linkStep<number>;

/** What an event makes of a link. */
export interface LinkStep {
  readonly link: number;
  /** Frames that go out, by number. */
  readonly frames: readonly number[];
  /** Messages that are handed over. */
  readonly delivered: readonly number[];
}

export class Wire {
  readonly links: Interner<LinkState<number>>;
  readonly frames: Interner<LinkFrame<number>>;
  /** Frames on their way in one direction, oldest first. */
  readonly lines: Interner<readonly number[]>;
  readonly #rules: LinkRules;
  readonly #steps = new Map<string, LinkStep>();

  constructor(rules: LinkRules = linkStep) {
    const codec = <T>() => ({
      encode: (value: T) => stableText(value),
      decode: (text: string) => JSON.parse(text) as T,
    });
    const nothing = () => undefined;
    this.#rules = rules;
    this.links = new Interner(codec(), nothing);
    this.frames = new Interner(codec(), nothing);
    this.lines = new Interner(codec(), nothing);
    this.lines.intern([]);
  }

  create(options: LinkOptions): number {
    return this.links.intern(createLink<number>(options));
  }

  /** `event` is none that brings a frame. */
  step(link: number, event: LinkEvent<number>): LinkStep {
    const name = event.type === 'send' ? `send ${event.message}` : event.type;
    return this.#known(`${link} ${name}`, link, () => event);
  }

  receive(link: number, frame: number): LinkStep {
    return this.#known(`${link} #${frame}`, link, () => ({ type: 'receive', frame: this.frames.valueOf(frame) }));
  }

  #known(key: string, link: number, make: () => LinkEvent<number>): LinkStep {
    const known = this.#steps.get(key);
    if (known) return known;
    const event = make();
    const [next, effects] = this.#rules(this.links.valueOf(link), event);
    const step = {
      link: this.links.intern(next),
      frames: effects.flatMap((effect) => (effect.type === 'transmit' ? [this.frames.intern(effect.frame)] : [])),
      delivered: effects.flatMap((effect) => (effect.type === 'deliver' ? [effect.message] : [])),
    };
    this.#steps.set(key, step);
    return step;
  }

  line(number: number): readonly number[] {
    return this.lines.valueOf(number);
  }

  append(line: number, frames: readonly number[]): number {
    return frames.length === 0 ? line : this.lines.intern([...this.line(line), ...frames]);
  }

  without(line: number, place: number): number {
    return this.lines.intern(this.line(line).filter((_, at) => at !== place));
  }

  waitsForTimer(link: number): boolean {
    const { options, unacked, failed } = this.links.valueOf(link);
    return options.mode === 'lossy' && unacked.length > 0 && failed === null;
  }
}

/** Shape: `#3`, `#3 ack 7`, `ack 7`, `ack 7 resync`. */
export function frameName({ seq, ack, resync }: LinkFrame<number>): string {
  const parts = [
    seq === undefined ? [] : [`#${seq}`],
    ack === undefined ? [] : [`ack ${ack}`],
    resync ? ['resync'] : [],
  ];
  return parts.flat().join(' ');
}
