/** Listeners by event name. A listener that throws disturbs neither the session nor the other listeners. */

type Listeners<Events> = { [K in keyof Events]?: Set<(payload: Events[K]) => void> };

export interface Emitter<Events> {
  on<K extends keyof Events>(event: K, listener: (payload: Events[K]) => void): () => void;
  emit<K extends keyof Events>(event: K, payload: Events[K]): void;
}

export const createEmitter = <Events extends object>(): Emitter<Events> => {
  const listeners: Listeners<Events> = {};
  return {
    on(event, listener) {
      const set = (listeners[event] ??= new Set());
      const entry = (payload: Parameters<typeof listener>[0]) => listener(payload);
      set.add(entry);
      return () => void set.delete(entry);
    },
    emit(event, payload) {
      for (const listener of [...(listeners[event] ?? [])]) {
        try {
          listener(payload);
        } catch (error) {
          // Surfaces as an uncaught error of the application, where it belongs.
          void Promise.reject(error);
        }
      }
    },
  };
};
