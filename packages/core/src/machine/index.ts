/** The statechart itself, for actors, the inspector and diagrams; negotiating needs only `step`. */
export { negotiationMachine } from './machine.ts';
