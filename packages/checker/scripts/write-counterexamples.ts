/** Writes docs/counterexamples.md and its pictures: `pnpm run docs`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { folder, pages } from './counterexample-pages.ts';

const docs = new URL('../../../docs/', import.meta.url);
const files = await pages();
rmSync(new URL(folder, docs), { recursive: true, force: true });
mkdirSync(new URL(folder, docs), { recursive: true });
for (const [name, content] of files) {
  const text = name.endsWith('.md') ? await format(content, { parser: 'markdown', printWidth: 120 }) : content;
  writeFileSync(new URL(name, docs), text);
}
