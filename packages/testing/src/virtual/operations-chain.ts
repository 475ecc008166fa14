/** The queue that makes an engine's operations wait for each other. Spec: w3c.github.io/webrtc-pc/#dfn-operations-chain */
import { engineError } from './errors.ts';

interface Unsettled {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const closedError = (): Error => engineError('InvalidStateError', 'The connection is closed.');

export class OperationsChain {
  readonly #serial: boolean;
  readonly #onEmpty: () => void;
  readonly #unsettled = new Set<Unsettled>();
  #operations: (() => void)[] = [];
  #closed = false;

  /** Without `serial`, operations start at once, and the chain counts as empty. */
  constructor({ serial, onEmpty }: { readonly serial: boolean; readonly onEmpty: () => void }) {
    this.#serial = serial;
    this.#onEmpty = onEmpty;
  }

  /** Counts the operation that runs. */
  get length(): number {
    return this.#operations.length;
  }

  /** Runs an operation when those before it are done. */
  chain<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise<T>((resolve, reject) => {
      const unsettled: Unsettled = { resolve: resolve as (value: never) => void, reject };
      this.#unsettled.add(unsettled);
      const finish = (settle: () => void) => {
        if (this.#closed) return;
        this.#unsettled.delete(unsettled);
        settle();
        this.#startNext();
      };
      const start = () =>
        void operation().then(
          (value) => finish(() => resolve(value)),
          (error) => finish(() => reject(error)),
        );
      if (this.#serial) this.#operations.push(start);
      if (this.#operations.length <= 1) start();
    });
  }

  /** From here on nothing starts and nothing settles. What was unsettled stays so, unless told otherwise. */
  close(leavesPromises: 'pending' | 'resolved' | 'rejected'): void {
    this.#closed = true;
    this.#operations = [];
    for (const { resolve, reject } of this.#unsettled) {
      if (leavesPromises === 'resolved') resolve(undefined as never);
      if (leavesPromises === 'rejected') reject(closedError());
    }
    this.#unsettled.clear();
  }

  #startNext(): void {
    if (!this.#serial) return;
    this.#operations.shift();
    const [next] = this.#operations;
    if (next === undefined) this.#onEmpty();
    else next();
  }
}
