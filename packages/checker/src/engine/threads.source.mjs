// What a worker loads when the engine runs from its sources.
import { register } from 'tsx/esm/api';

register();
await import('./threads.ts');
