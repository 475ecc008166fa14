/** The public entry point of `@detente/werift`. */
export { negotiate } from './negotiate.ts';
export { createWeriftPort } from './port.ts';
