/**
 * Numbers for values: equal values get the same small integer, in the order in which they are first met. Threads share
 * what is interned through one growing buffer, so that a number means the same to all of them; each decodes the entries
 * of the others when it first meets one. Which number a value gets may then depend on timing, and nothing may depend on
 * the number.
 */
/// <reference lib="es2024.sharedmemory" />

const header = 3;
const places = { lock: 0, count: 1, end: 2 } as const;
const mostBytes = 2 ** 30;

/** Memory for one interner that threads are to share. */
export const reserveInterner = (): SharedArrayBuffer =>
  new SharedArrayBuffer(header * 4 + 4096, { maxByteLength: mostBytes });

/** How values turn into text and back; equal values have equal texts. */
export interface Codec<T> {
  readonly encode: (value: T) => string;
  readonly decode: (text: string) => T;
}

/** Numbers values from 0. `onNew` sees each value once in this thread, in the order of the numbers. */
export class Interner<T> {
  readonly values: T[] = [];
  readonly #codec: Codec<T>;
  readonly #onNew: (value: T) => void;
  readonly #numbers = new Map<string, number>();
  readonly #memory: SharedArrayBuffer | undefined;
  #read = header * 2;

  constructor(codec: Codec<T>, onNew: (value: T) => void, memory?: SharedArrayBuffer) {
    this.#codec = codec;
    this.#onNew = onNew;
    this.#memory = memory;
  }

  /** The number of a value. */
  intern(value: T): number {
    const text = this.#codec.encode(value);
    return this.#numbers.get(text) ?? (this.#memory ? this.#share(this.#memory, text) : this.#add(text));
  }

  /** The value of a number that any thread has given. */
  valueOf(id: number): T {
    if (id >= this.values.length) this.catchUp();
    return this.values[id]!;
  }

  /** Takes notice of what other threads have interned. */
  catchUp(): void {
    if (this.#memory) locked(this.#memory, (words) => this.#readTo(words[places.count]!));
  }

  #share(memory: SharedArrayBuffer, text: string): number {
    return locked(memory, (words) => {
      this.#readTo(words[places.count]!);
      const known = this.#numbers.get(text);
      if (known !== undefined) return known;
      append(memory, text);
      this.#read += 2 + text.length;
      return this.#add(text);
    });
  }

  #readTo(count: number): void {
    if (this.values.length === count) return;
    const units = new Uint16Array(this.#memory!);
    while (this.values.length < count) {
      const length = units[this.#read]! + units[this.#read + 1]! * 2 ** 16;
      const start = this.#read + 2;
      let text = '';
      for (let at = start; at < start + length; at++) text += String.fromCharCode(units[at]!);
      this.#read = start + length;
      this.#add(text);
    }
  }

  #add(text: string): number {
    const id = this.values.length;
    const value = this.#codec.decode(text);
    this.values.push(value);
    this.#numbers.set(text, id);
    this.#onNew(value);
    return id;
  }
}

function append(memory: SharedArrayBuffer, text: string): void {
  const words = new Int32Array(memory, 0, header);
  const from = header * 2 + words[places.end]!;
  const to = from + 2 + text.length;
  if (to * 2 > memory.byteLength) memory.grow(Math.min(mostBytes, Math.ceil((to * 4) / 4096) * 4096));
  const units = new Uint16Array(memory);
  units[from] = text.length % 2 ** 16;
  units[from + 1] = Math.floor(text.length / 2 ** 16);
  for (let at = 0; at < text.length; at++) units[from + 2 + at] = text.charCodeAt(at);
  words[places.end] = to - header * 2;
  words[places.count]!++;
}

/** New values are rare, a few thousand in millions of steps, so that spinning costs nothing. */
function locked<R>(memory: SharedArrayBuffer, work: (words: Int32Array) => R): R {
  const words = new Int32Array(memory, 0, header);
  while (Atomics.compareExchange(words, places.lock, 0, 1) !== 0);
  try {
    return work(words);
  } finally {
    Atomics.store(words, places.lock, 0);
  }
}
