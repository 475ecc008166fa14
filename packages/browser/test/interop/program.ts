/** The peers of one engine, by number, and what the engine can do: the same in a page as in a process of its own. */
import { canPlayExample, canRollBack } from './capabilities.ts';
import { createEnd, type End, type EndOptions, type InteropEngine } from './end.ts';

export interface Abilities {
  readonly rollsBack: boolean;
  readonly playsExample: boolean;
}

export interface Program {
  abilities(): Promise<Abilities>;
  /** Resolves with the number of the new peer. */
  join(options: EndOptions): Promise<number>;
  tell(number: number, what: keyof End, argument: never): Promise<unknown>;
}

export const createProgram = (engine: InteropEngine): Program => {
  const ends: End[] = [];
  return {
    abilities: async () => ({ rollsBack: await canRollBack(engine), playsExample: await canPlayExample(engine) }),
    join: async (options) => ends.push(await createEnd(engine, options)) - 1,
    async tell(number, what, argument) {
      return ends[number]?.[what](argument);
    },
  };
};
