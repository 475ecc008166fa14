/** Writes docs/diagrams: `pnpm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

const folder = new URL('../../../docs/diagrams/', import.meta.url);
const files = await pages();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, content] of files) writeFileSync(new URL(name, folder), content);
