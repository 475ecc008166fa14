/** The engine of the page that this is bundled into. */
import { negotiate } from '@detente/browser';
import { browserEngine } from '../../scenarios/browser-engine.ts';
import { createProgram } from '../program.ts';

export const { abilities, join, tell } = createProgram({ ...browserEngine, tells: true, negotiate });
