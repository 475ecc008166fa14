/**
 * A column of 32-bit words that grows in place and that several threads may look at. Address space is reserved at once
 * and memory taken as it is needed, so nothing is copied when it grows and no thread holds an outdated buffer: only the
 * fixed-length view must be taken anew, because views that follow the length are several times slower.
 */
/// <reference lib="es2024.sharedmemory" />

/** The most that one column can hold: 4 GiB, the largest reservation that every supported runtime grants. */
export const columnBytes = 2 ** 32;

const page = 2 ** 16;

/**
 * Reserves the memory of a column. It lies on pages of its own: next to what one thread writes all the time, it would be
 * taken from the caches of the others all the time.
 */
export const reserve = (bytes = 0, maxByteLength = columnBytes): SharedArrayBuffer =>
  new SharedArrayBuffer(bytes, { maxByteLength });

/** A growable column over a reserved buffer. `view` covers at least the words that were asked for with `ensure`. */
export class Column {
  readonly buffer: SharedArrayBuffer;
  view: Int32Array;

  constructor(buffer = reserve()) {
    this.buffer = buffer;
    this.view = new Int32Array(buffer, 0, buffer.byteLength / 4);
  }

  /** Makes room for `length` words, with some to spare; new words are 0. */
  ensure(length: number): void {
    if (length <= this.view.length) return;
    const bytes = length * 4;
    if (bytes > this.buffer.byteLength) {
      const roomy = Math.ceil(Math.max(bytes, this.buffer.byteLength * 1.25) / page) * page;
      this.buffer.grow(Math.max(bytes, Math.min(roomy, columnBytes)));
    }
    this.refresh();
  }

  /** Takes notice of growth in another thread. */
  refresh(): void {
    if (this.view.byteLength !== this.buffer.byteLength) {
      this.view = new Int32Array(this.buffer, 0, this.buffer.byteLength / 4);
    }
  }
}
