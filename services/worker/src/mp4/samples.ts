/** Numbers that become many, four bytes each. */
export class Numbers {
  #values = new Int32Array(1024);
  #length = 0;

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds one. */
  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** Makes the last one larger. */
  addToLast(value: number): void {
    const last = this.#length - 1;
    this.#values[last] = (this.#values[last] ?? 0) + value;
  }

  /** All of them, in order. */
  *[Symbol.iterator](): Generator<number> {
    for (let at = 0; at < this.#length; at += 1) yield this.#values[at] ?? 0;
  }
}

/** One sample. */
export interface Sample {
  readonly duration: number;
  /** Bytes. */
  readonly size: number;
  /** Difference between when it is shown and when it is decoded. */
  readonly shift: number;
  /** Whether a player may begin at it. */
  readonly isEntry: boolean;
}

/** The samples of a track: frames of a picture, or packets of sound. Times are in units of the track's time scale. */
export class Samples {
  readonly durations = new Numbers();
  readonly sizes = new Numbers();
  /** Difference between when a sample is shown and when it is decoded. */
  readonly shifts = new Numbers();
  /** Numbers, from 1 on, of the samples at which a player may begin. */
  readonly entries = new Numbers();
  /** Where each chunk begins, counted from the first byte of all media. */
  readonly chunkOffsets: number[] = [];
  /** How many samples each chunk has. */
  readonly chunkSizes = new Numbers();
  /** When the last sample so far ends to be decoded. */
  #decoded = 0;
  #end = 0;

  /** When the sample that is shown last ends. */
  get end(): number {
    return this.#end;
  }

  /** Adds the next one. */
  add({ duration, size, shift, isEntry }: Sample): void {
    this.durations.push(duration);
    this.sizes.push(size);
    this.shifts.push(shift);
    this.#end = Math.max(this.#end, this.#decoded + shift + duration);
    this.#decoded += duration;
    if (isEntry) this.entries.push(this.sizes.length);
  }

  /** Makes the last sample, and so the end of all, later. */
  extend(duration: number): void {
    if (this.durations.length === 0) return;
    this.durations.addToLast(duration);
    this.#decoded += duration;
    this.#end += duration;
  }

  /** When all samples so far are decoded. */
  get decoded(): number {
    return this.#decoded;
  }
}
