import type { CardUse } from "../preview/encoding.ts";
import type { Scaler } from "./scaling.ts";

/** What makes the previews of a worker: the encoder of a graphics card, or the CPU. */
export type Encoder = "nvenc" | "cpu";

/** A machine without a card does nothing on it. */
const none: CardUse = { decodes: false };

/** How many jobs in a row may fail on a card and work on the CPU before the card is no longer tried. */
const mostInARow = 3;

/** The graphics card of a machine, or that it has none. A card may fail later; then the worker goes on without it. */
export class Card {
  #encoder: Encoder;
  #reason: string | undefined;
  #decodes: boolean;
  #scaler: Scaler | undefined;
  #fellBack = 0;
  #inARow = 0;

  private constructor(encoder: Encoder, reason?: string, { decodes, scaler }: CardUse = none) {
    this.#encoder = encoder;
    this.#decodes = decodes;
    this.#scaler = scaler;
    this.#reason = reason;
  }

  /** @param use what it does beside encoding. */
  static found(use: CardUse): Card {
    return new Card("nvenc", undefined, use);
  }

  /** @param reason why the CPU does the work, for a log and a status. */
  static none(reason: string): Card {
    return new Card("cpu", reason);
  }

  /** What makes previews now. */
  get encoder(): Encoder {
    return this.#encoder;
  }

  /** Whether masters are decoded on it. */
  get decodes(): boolean {
    return this.#decodes;
  }

  /** By which filter it scales what it has decoded; undefined where the CPU does. */
  get scaler(): Scaler | undefined {
    return this.#scaler;
  }

  /** Why it is not used; undefined while it is. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Jobs that failed on it and were done on the CPU. */
  get fellBack(): number {
    return this.#fellBack;
  }

  /** A job was done on it. */
  worked(): void {
    this.#inARow = 0;
  }

  /**
   * A job failed on it, and not on the CPU: after a few of them it scales no longer, which is what fails first where a file is
   * not what it says; and after as many again it is no longer tried.
   *
   * @returns whether it still is.
   */
  failed(error: unknown): boolean {
    this.#fellBack += 1;
    this.#inARow += 1;
    if (this.#inARow < mostInARow) return true;
    if (this.#scaler) {
      this.#scaler = undefined;
      this.#inARow = 0;
      return true;
    }
    const why = error instanceof Error ? error.message : String(error);
    this.#encoder = "cpu";
    this.#decodes = false;
    this.#reason = `${mostInARow} jobs in a row failed on the card: ${why}`;
    return false;
  }
}
