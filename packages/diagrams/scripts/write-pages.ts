/** Writes docs/diagrams: `pnpm run docs`. Folders in there are others'. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { pages } from './pages.ts';

const folder = new URL('../../../docs/diagrams/', import.meta.url);
const files = await pages();
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder, { withFileTypes: true });
for (const { name } of present.filter((entry) => entry.isFile())) rmSync(new URL(name, folder));
for (const [name, content] of files) writeFileSync(new URL(name, folder), content);
