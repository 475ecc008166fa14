/**
 * Promises that a negotiator leaves unhandled. Where the platform is Node, they would end the runner's process; here they
 * are caught for as long as one run lasts. Elsewhere nothing is caught, and nothing ends.
 */

interface NodeProcess {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
  off(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

export interface StrayRejections {
  readonly caught: readonly string[];
  stop(): void;
}

export const catchStrayRejections = (): StrayRejections => {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const caught: string[] = [];
  const listener = (reason: unknown) => void caught.push(String(reason));
  process?.on('unhandledRejection', listener);
  return { caught, stop: () => void process?.off('unhandledRejection', listener) };
};
