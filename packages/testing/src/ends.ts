/** The two ends of everything here. */

export type End = 'left' | 'right';

export const ends: readonly End[] = ['left', 'right'];

export const otherEnd = (end: End): End => (end === 'left' ? 'right' : 'left');
