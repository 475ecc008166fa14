/** A typed stand-in for `EventTarget` that every platform has: `addEventListener` and `on…` handlers, called in order. */

export type Listener<E> = (event: E) => void;

interface Registration<E> {
  readonly listener: Listener<E>;
  readonly once: boolean;
}

/** A listener that throws does not disturb the engine; its error surfaces as an unhandled rejection. */
const callSafely = (call: () => void): void => {
  try {
    call();
  } catch (error) {
    void Promise.reject(error);
  }
};

export class VirtualEventTarget<Events extends { readonly [K in keyof Events]: { readonly type: K } }> {
  readonly #listeners = new Map<keyof Events, readonly Registration<never>[]>();

  /** Adds a listener. **Ordering**: after the `on…` handler, then in the order of adding; twice the same adds it once. */
  addEventListener<K extends keyof Events>(
    type: K,
    listener: Listener<Events[K]>,
    options?: { readonly once?: boolean },
  ): void {
    const registered = this.#listeners.get(type) ?? [];
    if (registered.some((registration) => registration.listener === listener)) return;
    this.#listeners.set(type, [...registered, { listener, once: options?.once ?? false }]);
  }

  removeEventListener<K extends keyof Events>(type: K, listener: Listener<Events[K]>): void {
    const registered = this.#listeners.get(type) ?? [];
    this.#listeners.set(
      type,
      registered.filter((registration) => registration.listener !== listener),
    );
  }

  protected dispatch<K extends keyof Events>(event: Events[K] & { readonly type: K }): void {
    const handler = (this as unknown as { readonly [name: string]: unknown })[`on${String(event.type)}`];
    if (typeof handler === 'function') callSafely(() => handler.call(this, event));
    const registered = this.#listeners.get(event.type) ?? [];
    for (const { listener, once } of registered as readonly Registration<Events[K]>[]) {
      if (once) this.removeEventListener(event.type, listener);
      callSafely(() => listener(event));
    }
  }
}
