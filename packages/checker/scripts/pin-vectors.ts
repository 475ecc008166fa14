/** Writes ports/vectors.pin.json: `pnpm --filter @detente/checker pin-vectors`. */
import { writeFileSync } from 'node:fs';
import { createPin, pinnedAt, toText } from './pin.ts';

writeFileSync(pinnedAt, toText(createPin()));
