/** The adapter on firefox. */
import { describeAcceptance } from './acceptance.ts';

describeAcceptance('firefox');
