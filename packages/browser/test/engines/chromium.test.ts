/** The adapter on chromium. */
import { describeAcceptance } from './acceptance.ts';

describeAcceptance('chromium');
