/** Places in a state. The two queues share a word: what is on its way to the left in its low half, to the right above. */
export const places = { left: 0, right: 1, queues: 2, budget: 3, length: 4 } as const;
