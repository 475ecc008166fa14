/** The page of the docs that tells what engines do, from what is known of the engines. */
import { type KnownEngines, agreements, specified } from './differences.ts';
import type { Observations } from './lab.ts';
import { type RealEngine, realEngines } from './observe.ts';
import { chapters, sequences } from './sequences.ts';

const titles: Readonly<Record<RealEngine, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  wrtc: '@roamhq/wrtc',
  werift: 'werift',
};

export const toEnginesPage = (known: KnownEngines): string =>
  [
    '# What engines do, and what the specifications say',
    `The same ${sequences.length} scripted sequences of W3C calls are played on real engines and on the virtual one. A row names what an
engine does that follows the specifications. ✓: this one does. Otherwise: what it does instead, in the lines in which it
differs. \`VirtualPeerConnection\`'s variant \`spec\` does all of it as specified, and its variant of an engine's name stands
for that engine.`,
    'Written by `pnpm --filter @detente/browser fidelity`; a test plays everything again and fails where an engine no longer does\nwhat this page says.',
    table(
      ['engine', 'version', 'agrees with the specifications', 'its virtual variant agrees with it'],
      realEngines.map((engine) => [
        titles[engine],
        known[engine].version,
        share(known[engine].differences),
        share(known[engine].variantDifferences),
      ]),
    ),
    ...Object.entries(chapters).flatMap(([title, chapter]) => [
      `## ${title}`,
      table(
        ['sequence', ...realEngines.map((engine) => titles[engine]), 'specification'],
        chapter.map(({ name, spec }) => [
          escaped(name),
          ...realEngines.map((engine) => cell(known[engine].differences[name], specified[name])),
          linked(spec),
        ]),
      ),
    ]),
    '## Where a virtual variant differs from its engine',
    table(
      ['sequence', 'engine', 'the engine', 'its variant'],
      realEngines.flatMap((engine) =>
        Object.entries(known[engine].variantDifferences).map(([name, lines]) => [
          escaped(name),
          titles[engine],
          cell(known[engine].differences[name], specified[name]),
          cell(JSON.stringify(lines) === JSON.stringify(specified[name]) ? undefined : lines, specified[name]),
        ]),
      ),
    ),
  ].join('\n\n') + '\n';

const share = (differing: Observations): string => `${agreements(differing)} of ${sequences.length}`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The lines that are not as expected; those that are missing, when there is nothing else to tell. */
const cell = (observed: readonly string[] | undefined, expected: readonly string[] = []): string => {
  if (observed === undefined) return '✓';
  const added = without(observed, expected);
  const missing = without(expected, observed);
  if (added.length > 0) return listed(added);
  return missing.length > 0 ? `not: ${listed(missing)}` : `in this order: ${listed(observed)}`;
};

/** What is left of the lines when each of the others has taken one that is equal. */
const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};

const listed = (lines: readonly string[]): string => lines.map(escaped).join('; ');

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('@', '&#64;');

const linked = (spec: string): string =>
  spec
    .split(', ')
    .map((citation) => {
      const [, section] = /^RFC 9429 §(\S+)$/.exec(citation) ?? [];
      return section === undefined
        ? `[${citation.split('#')[1]}](https://${citation})`
        : `[${citation}](https://www.rfc-editor.org/rfc/rfc9429#section-${section})`;
    })
    .join(', ');
