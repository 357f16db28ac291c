import type { ApiClient } from "../api/client.ts";
import type { PartAddresses } from "../api/contract.ts";

/** Addresses asked for at a time: one question for a gigabyte in parts of 64 MiB. */
const batch = 16;

/** Seconds that an address must still be good for when it is used: storage checks it when the request arrives. */
const marginSeconds = 30;

interface Address {
  readonly url: string;
  /** By the page's monotonic clock, in milliseconds. */
  readonly goodUntil: number;
}

/** The signed addresses of an upload's parts, asked for in batches and again when they have grown old. */
export class PartAddressBook {
  readonly #client: ApiClient;
  readonly #upload: string;
  readonly #known = new Map<number, Address>();
  readonly #wanted = new Set<number>();
  #asking: Promise<PartAddresses["urls"]> | undefined;

  /** @param upload id of the upload. */
  constructor(client: ApiClient, upload: string) {
    this.#client = client;
    this.#upload = upload;
  }

  /**
   * The address of a part.
   *
   * @param following parts that will be sent after it, whose addresses are asked for along the way.
   */
  async of(number: number, following: readonly number[], signal: AbortSignal): Promise<string> {
    for (;;) {
      const known = this.#known.get(number);
      if (known && performance.now() < known.goodUntil) return known.url;
      this.#wanted.add(number);
      this.#asking ??= this.#ask(following, signal).finally(() => {
        this.#asking = undefined;
      });
      const fresh = (await this.#asking)[number];
      if (fresh !== undefined) return fresh;
    }
  }

  /** Forgets an address that storage refused. */
  forget(number: number): void {
    this.#known.delete(number);
  }

  async #ask(following: readonly number[], signal: AbortSignal): Promise<PartAddresses["urls"]> {
    // Whoever wants an address at the same moment shares the question.
    await Promise.resolve();
    const numbers = [...new Set([...this.#wanted, ...following.slice(0, batch)])].slice(0, batch);
    this.#wanted.clear();
    const asked = performance.now();
    const { urls, expiresIn } = await this.#client.call<PartAddresses>(
      `/uploads/${this.#upload}/urls`,
      { method: "POST", body: { numbers }, signal },
    );
    const lacking = numbers.find((number) => urls[number] === undefined);
    if (lacking !== undefined)
      throw new Error(`The service signed no address for part ${lacking}.`);
    const life = Math.max(expiresIn - marginSeconds, expiresIn / 2);
    for (const [number, url] of Object.entries(urls))
      this.#known.set(Number(number), { url, goodUntil: asked + life * 1000 });
    return urls;
  }
}
