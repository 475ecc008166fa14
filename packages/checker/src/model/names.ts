/**
 * The two sides, and the names that stand for descriptions in a model. A name says which offer something is or belongs to
 * and nothing else: `left:2` is the second offer of the left side. Names occur only in texts, so that offers can be
 * renumbered wherever they are mentioned.
 */
export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];
export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

export const offerName = (side: Side, id: number): string => `${side}:${id}`;

/** An offer says what its maker had agreed to last: `left:2 after right:1`. */
export const offerText = (name: string, base: string | null, ufrag: string | null): string =>
  `${name} after ${base ?? 'nothing'}${ufragLine(ufrag)}`;
export const answerText = (name: string, ufrag: string | null): string => `answers ${name}${ufragLine(ufrag)}`;

export const nameIn = (text: string): string | null => /(?:left|right):\d+/.exec(text)?.[0] ?? null;
export const baseIn = (text: string): string | null => /after ((?:left|right):\d+)/.exec(text)?.[1] ?? null;
export const ufragIn = (text: string): string | null => /a=ice-ufrag:(\S+)/.exec(text)?.[1] ?? null;

const ufragLine = (ufrag: string | null): string => (ufrag === null ? '' : `\na=ice-ufrag:${ufrag}`);
