import { signal } from "@preact/signals";

import type { ApiClient } from "../api/client.ts";
import type { Asset, Page } from "../api/contract.ts";
import { ApiError, SessionEnded, wordsOf } from "../api/errors.ts";
import { isMoving, merged } from "./assets.ts";
import { pollSeconds } from "./polling.ts";

/** Assets of a page: enough to fill a large screen. */
const pageSize = 24;

/** Assets beyond the first page that are asked for one by one while they move. */
const followed = 12;

const now = () => Date.now() / 1000;

/** The assets that the page knows, kept up to date while it is looked at. */
export class LibraryStore {
  /** Newest first; undefined until the first page is there. */
  readonly assets = signal<readonly Asset[] | undefined>(undefined);
  /** Where the next page begins; null at the end. */
  readonly next = signal<string | null>(null);
  /** Why the library cannot be shown or continued, for a person. */
  readonly failure = signal<string | undefined>(undefined);
  readonly isLoadingMore = signal(false);

  readonly #client: ApiClient;
  readonly #asked = new Set<string>();
  #isFirst = true;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOpen = false;

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** Begins to keep up to date, at once. */
  open(): void {
    this.#isOpen = true;
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.refresh();
  }

  /** Stops asking, and forgets what it knows: the next person may be somebody else. */
  close(): void {
    this.#isOpen = false;
    document.removeEventListener("visibilitychange", this.#onVisibility);
    clearTimeout(this.#timer);
    this.assets.value = undefined;
    this.next.value = null;
    this.failure.value = undefined;
    this.#isFirst = true;
    this.#asked.clear();
  }

  /** Asks now. */
  refresh(): void {
    clearTimeout(this.#timer);
    void this.#poll();
  }

  /** Takes in an asset that was just made or asked for. */
  take(asset: Asset): void {
    this.assets.value = merged(this.assets.value ?? [], [asset], now());
    this.#promoteNew();
    this.#plan();
  }

  /** Loads the next page. */
  async more(): Promise<void> {
    if (this.next.value === null || this.isLoadingMore.value) return;
    this.isLoadingMore.value = true;
    try {
      const page = await this.#page(this.next.value);
      this.#show(page.items);
      this.next.value = page.next;
    } catch (error) {
      this.failure.value = wordsOf(error);
    } finally {
      this.isLoadingMore.value = false;
    }
  }

  /** Asks for one asset, whether the library shows it or not. */
  async load(id: string): Promise<void> {
    this.take(await this.#client.call<Asset>(`/assets/${id}`));
  }

  /** Has the preview of an asset made again. */
  async makePreviewAgain(id: string): Promise<void> {
    await this.#client.call(`/assets/${id}/preview`, { method: "POST" });
    await this.load(id);
  }

  readonly #onVisibility = () => {
    if (document.visibilityState === "visible") this.refresh();
    else this.#plan();
  };

  #page(cursor?: string): Promise<Page<Asset>> {
    const after = cursor === undefined ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    return this.#client.call<Page<Asset>>(`/assets?limit=${pageSize}${after}`);
  }

  async #poll(): Promise<void> {
    try {
      const page = await this.#page();
      this.#show(page.items);
      if (this.#isFirst) this.next.value = page.next;
      this.#isFirst = false;
      await this.#followOthers(page.items);
      this.#failures = 0;
      this.failure.value = undefined;
    } catch (error) {
      if (error instanceof SessionEnded) return;
      this.#failures += 1;
      this.failure.value = wordsOf(error);
    }
    this.#plan();
  }

  async #followOthers(shown: readonly Asset[]): Promise<void> {
    const ids = new Set(shown.map(({ id }) => id));
    const others = (this.assets.value ?? []).filter(
      (asset) => isMoving(asset) && !ids.has(asset.id),
    );
    const path = ({ id }: Asset) => `/assets/${id}`;
    this.#show(
      await Promise.all(
        others.slice(0, followed).map((asset) => this.#client.call<Asset>(path(asset))),
      ),
    );
  }

  #show(assets: readonly Asset[]): void {
    if (!this.#isOpen) return;
    this.assets.value = merged(this.assets.value ?? [], assets, now());
    this.#promoteNew();
  }

  /** Whoever closed the page right after an upload left it where it was: asking again is harmless. */
  #promoteNew(): void {
    for (const { id, status } of this.assets.value ?? []) {
      if (status !== "uploaded" || this.#asked.has(id)) continue;
      this.#asked.add(id);
      void this.#promote(id);
    }
  }

  async #promote(id: string): Promise<void> {
    try {
      await this.#client.call(`/assets/${id}/promote`, { method: "POST" });
    } catch (error) {
      // What cannot be reached now is asked again with the next state; what is refused stands in that state.
      if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429)
        this.#asked.delete(id);
    }
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#isOpen) return;
    const seconds = pollSeconds({
      isMoving: (this.assets.value ?? []).some(isMoving),
      isVisible: document.visibilityState === "visible",
      failures: this.#failures,
    });
    this.#timer = setTimeout(() => {
      this.refresh();
    }, seconds * 1000);
  }
}
