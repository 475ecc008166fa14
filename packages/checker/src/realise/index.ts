/** Paths through the models, taken by the sessions that ship. */
export { realise, type Realised, type SideRecording } from './realise.ts';
export { unfold, type UnfoldedPath } from './unfold.ts';
