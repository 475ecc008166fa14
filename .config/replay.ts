// Replays one failure of a property test, from the seed and path that its report printed. Loaded only when a seed is given.
import fc from 'fast-check';

const { DETENTE_SEED, DETENTE_PATH } = process.env;

fc.configureGlobal({ seed: Number(DETENTE_SEED), ...(DETENTE_PATH === undefined ? {} : { path: DETENTE_PATH }) });
