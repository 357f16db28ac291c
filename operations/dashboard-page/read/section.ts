import { messageOf } from "@mam-infra/clients/message";

import { CheckSkipped } from "../../context/check.ts";
import { NotConfigured } from "../../context/credentials.ts";
import type { SectionView } from "../board.ts";

/** How a part of the page is read. */
export interface SectionOptions<T> {
  readonly read: () => Promise<T>;
  /** Seconds between two reads. */
  readonly everySeconds: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** When what was read was asked for, where it may come from memory; default: at the end of the read. */
  readonly asOf?: () => Date | undefined;
}

/**
 * A part of the page. It is read while somebody looks, one read at a time, and what was known stays until there is
 * something newer: a read that fails is told beside it.
 */
export class Section<T> {
  readonly #options: SectionOptions<T>;
  #view: SectionView<T> = { state: "reading" };
  #readAt: Date | undefined;
  #begun = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(options: SectionOptions<T>) {
    this.#options = options;
  }

  /** What is known. */
  get view(): SectionView<T> {
    if (this.#view.value === undefined && this.#view.state !== "known") return this.#view;
    const asOf = this.#options.asOf?.() ?? this.#readAt;
    return asOf ? { ...this.#view, asOf: asOf.toISOString() } : this.#view;
  }

  /** Reads it again if it is time; resolves when no read is under way, and never fails. */
  async refresh(): Promise<void> {
    const { now, everySeconds } = this.#options;
    if (!this.#reading && now() - this.#begun >= everySeconds * 1000) {
      this.#begun = now();
      this.#reading = this.#read().finally(() => {
        this.#reading = undefined;
      });
    }
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const value = await this.#options.read();
      this.#readAt = new Date();
      this.#view = { state: "known", value };
    } catch (error) {
      this.#view = this.#failed(error);
    }
  }

  #failed(error: unknown): SectionView<T> {
    const [reason = ""] = messageOf(error).split("\n");
    if (error instanceof NotConfigured || error instanceof CheckSkipped) {
      return { state: "off", reason };
    }
    const failure = { reason, at: new Date().toISOString() };
    const { value } = this.#view;
    return { state: "failed", failure, ...(value === undefined ? {} : { value }) };
  }
}
