/** What the caller can mend: a wrong file, a wrong name. Ends the program with code 2. */

/** The message says what is wrong and what would be right. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
