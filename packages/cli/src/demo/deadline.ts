/** Waiting, but not for ever. */

/** Resolves with what the promise does, or with `undefined` when it has not within the time. Rejects if it does. */
export const withDeadline = <T>(promise: Promise<T>, deadlineMs: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, undefined);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
