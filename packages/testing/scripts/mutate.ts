/** Plants each fault in turn and says how it was caught. Exits 1 when one is not. */
import { mutants } from '../test/mutation/mutants.ts';
import { tryMutant } from '../test/mutation/try-mutant.ts';

const asIs = await tryMutant(null);
if (asIs) throw new Error(`without any fault: ${asIs.by}: ${asIs.what}`);

const wanted = process.argv[2] ?? '';
let survivors = 0;
for (const mutant of mutants.filter(({ name }) => name.includes(wanted))) {
  const caught = await tryMutant(mutant);
  if (!caught) survivors += 1;
  console.log(
    caught
      ? `caught    ${mutant.name}: ${caught.by}, ${caught.length} events: ${caught.what}`
      : `SURVIVES  ${mutant.name}`,
  );
}
process.exitCode = survivors > 0 ? 1 : 0;
