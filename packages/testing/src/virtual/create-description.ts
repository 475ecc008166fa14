/** What createOffer and createAnswer put on the m-lines. Spec: RFC 9429 §5.2 and §5.3. */
import { type Descriptions, midsIn, sectionWithMid } from './descriptions.ts';
import { intersect, reverse, sends } from './direction.ts';
import { isRecyclable } from './m-lines.ts';
import type { MediaSection, Msid } from './sdp.ts';
import type { TransceiverSlots } from './transceiver.ts';
import type { Direction } from './types.ts';
import type { EngineVariant } from './variants.ts';

/** What a description is made from. */
export interface DescriptionSource {
  readonly descriptions: Descriptions;
  readonly slots: readonly TransceiverSlots[];
  readonly hasDataChannels: boolean;
  /** The engine can negotiate no data channels any more. */
  readonly lacksData: boolean;
  readonly variant: EngineVariant;
  readonly ufrag: string;
}

/** The m-lines of a description, and for which transceiver each mid was made. */
export interface CreatedSections {
  readonly sections: readonly MediaSection[];
  readonly makers: ReadonlyMap<string, TransceiverSlots>;
}

const toMsids = (slots: TransceiverSlots): readonly Msid[] => {
  const track = slots.track?.id ?? slots.transceiver.receiver.track.id;
  const streams = slots.streamIds.length > 0 ? slots.streamIds : ['-'];
  return streams.map((stream) => ({ stream, track }));
};

const toMediaSection = (slots: TransceiverSlots, mid: string, direction: Direction, ufrag: string): MediaSection => {
  const msids = sends(direction) ? toMsids(slots) : [];
  return { kind: slots.kind, mid, rejected: false, direction, ufrag, msids };
};

const toDataSection = (mid: string, ufrag: string): MediaSection => ({
  kind: 'application',
  mid,
  rejected: false,
  direction: 'sendrecv',
  ufrag,
  msids: [],
});

const toRejected = ({ kind, mid }: MediaSection, ufrag = ''): MediaSection => ({
  kind,
  mid,
  rejected: true,
  direction: 'inactive',
  ufrag,
  msids: [],
});

/** The smallest numbers that no description and no transceiver uses as mid. */
const createMidAllocator = ({ descriptions, slots }: DescriptionSource): (() => string) => {
  const used = new Set([...midsIn(descriptions), ...slots.map(({ mid }) => mid)]);
  return () => {
    let number = 0;
    while (used.has(String(number))) number += 1;
    used.add(String(number));
    return String(number);
  };
};

/**
 * The m-lines of an offer: those there are, in their order, dead ones taken over by whatever is new, and the rest of it
 * at the end. Spec: RFC 9429 §5.2.2
 */
export const offerSections = (source: DescriptionSource): CreatedSections => {
  const { descriptions, slots, hasDataChannels, lacksData, ufrag } = source;
  const before = (descriptions.pendingLocal ?? descriptions.currentLocal)?.document.sections ?? [];
  const makers = new Map<string, TransceiverSlots>();
  const nextMid = createMidAllocator(source);

  const toNewSection = (maker: TransceiverSlots | 'data'): MediaSection => {
    if (maker === 'data') return toDataSection(nextMid(), ufrag);
    const mid = maker.mid ?? nextMid();
    makers.set(mid, maker);
    return toMediaSection(maker, mid, maker.direction, ufrag);
  };
  const isNew = ({ mid, stopping }: TransceiverSlots): boolean =>
    !stopping && before.every((section) => section.mid !== mid);
  const needsDataSection = hasDataChannels && !lacksData && before.every(({ kind }) => kind !== 'application');
  const waiting = [...slots.filter(isNew), ...(needsDataSection ? (['data'] as const) : [])];

  const kept = before.map((section, index) => {
    if (section.kind === 'application' && !section.rejected) return { ...section, ufrag };
    const owner = slots.find(({ mid, kind }) => mid === section.mid && kind === section.kind);
    if (owner !== undefined && !owner.stopping) return toMediaSection(owner, section.mid, owner.direction, ufrag);
    const heir = section.rejected && isRecyclable(descriptions, index) ? waiting.shift() : undefined;
    return heir === undefined ? toRejected(section) : toNewSection(heir);
  });
  return { sections: [...kept, ...waiting.map(toNewSection)], makers };
};

/** The m-lines of an answer: one for each of the offer. Spec: RFC 9429 §5.3.1 */
export const answerSections = (source: DescriptionSource): CreatedSections => {
  const { descriptions, slots, lacksData, variant, ufrag } = source;
  const offered = descriptions.pendingRemote?.document.sections ?? [];
  const reject = (section: MediaSection): MediaSection =>
    toRejected(
      section,
      variant.rejectedKeepsUfrag ? sectionWithMid(descriptions.currentLocal, section.mid)?.ufrag : '',
    );
  const sections = offered.map((section) => {
    if (section.rejected || (section.kind === 'application' && lacksData)) return reject(section);
    if (section.kind === 'application') return toDataSection(section.mid, ufrag);
    const owner = slots.find(({ mid, kind }) => mid === section.mid && kind === section.kind);
    if (owner === undefined || owner.stopped) return reject(section);
    const answered = toMediaSection(owner, section.mid, intersect(owner.direction, reverse(section.direction)), ufrag);
    const namesWanted = variant.answerMsids === 'wanted' && sends(owner.direction);
    return namesWanted ? { ...answered, msids: toMsids(owner) } : answered;
  });
  return { sections, makers: new Map() };
};
