/** `detente replay` on the command line. */
import { toSequenceSvg, toText } from '@detente/diagrams';
import type { Command } from 'commander';
import { readJson, writeText } from '../files.ts';
import { drawing, print, printJson } from '../terminal.ts';
import { toPicture } from './draw.ts';
import { toSides } from './recording-file.ts';
import { describeReplay, replaySide } from './replay-sides.ts';

interface Flags {
  readonly svg?: string;
  readonly json?: boolean;
}

const help = `
A recording is the JSON of record(session).recording(), with record from @detente/session. A file may hold the recordings of
both sides, as { "sides": { "client": …, "server": … } }; then the picture shows both. Ends with 1 when a step comes out
otherwise than recorded.

Examples:
  $ detente replay call.json                  does it come out the same, and what happened?
  $ detente replay call.json --svg call.svg   the picture as a file, too
  $ detente replay call.json --json           one object, for programs
`;

export const addReplay = (program: Command, exit: (code: number) => void): void => {
  program
    .command('replay')
    .description('Takes a recorded run again, offline, says whether every step comes out as recorded, and draws it.')
    .argument('<file>', 'a recording, as JSON')
    .option('--svg <file>', 'write the sequence diagram there, too')
    .option('--json', 'print the outcome as JSON, without a picture')
    .addHelpText('after', help)
    .action(async (file: string, { svg, json }: Flags) => {
      const recorded = toSides(await readJson(file), file);
      const sides = recorded.map(replaySide);
      const asRecorded = sides.every((side) => side.asRecorded);
      const picture = toPicture(recorded);
      if (svg !== undefined) await writeText(svg, toSequenceSvg(picture));
      if (json) printJson({ asRecorded, sides });
      else print([...sides.flatMap(describeReplay), '', toText(picture, drawing())].join('\n'));
      exit(asRecorded ? 0 : 1);
    });
};
