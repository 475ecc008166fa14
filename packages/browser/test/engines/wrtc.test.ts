/** The adapter on wrtc. */
import { describeAcceptance } from './acceptance.ts';

describeAcceptance('wrtc');
