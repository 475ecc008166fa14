/** `@roamhq/wrtc`: an older libwebrtc in Node. */
import { negotiate } from '@detente/browser';
import { wrtcEngine as engine } from '../../scenarios/wrtc-engine.ts';
import type { InteropEngine } from '../end.ts';

export const wrtcEngine: InteropEngine = { ...engine, tells: true, negotiate };
