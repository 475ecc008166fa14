/** The form in which states travel between the checker, the model and the properties. */

/** A state, as `words` signed 32-bit integers. The array is the checker's and is reused: read it, do not keep it. */
export type PackedState = ArrayLike<number>;
