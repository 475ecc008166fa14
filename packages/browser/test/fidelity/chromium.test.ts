/** What chromium does, against the specifications. */
import { describeFidelity } from './describe-fidelity.ts';

describeFidelity('chromium');
