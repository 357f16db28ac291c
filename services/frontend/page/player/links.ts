import type { Playback } from "../api/contract.ts";
import { type Link, readLink } from "./link.ts";

/** Seconds before its end from which a link is renewed. */
const renewBefore = 60;

/** Links to the two forms of a film. */
type Films = Pick<Playback, "hls" | "mp4">;

/** How to get new links to the same asset; undefined where there are none, on a shared page. */
export type Renew = () => Promise<Films>;

/** The links of a player, renewed before they end: a player that meets an expired one stands still for half a minute. */
export class PlaybackLinks {
  #links: Films;
  readonly #renew: Renew | undefined;
  #renewal: Promise<void> | undefined;
  #wasRefused = false;

  constructor(links: Films, renew?: Renew) {
    this.#links = links;
    this.#renew = renew;
  }

  /** Whether an expired link can be replaced. */
  get isRenewable(): boolean {
    return this.#renew !== undefined;
  }

  /** The link as it stands, for all objects of the asset. */
  get link(): Link {
    const link = readLink(this.#links.hls);
    if (!link)
      throw new Error("The service gave a link of another form than docs/links.md describes.");
    return link;
  }

  /** The edge refused a link: the next request gets another, whatever the clock of this machine says. */
  refused(): void {
    this.#wasRefused = true;
  }

  /** Links that are good now. Without a way to renew them, or to reach the API, the old ones. */
  async good(): Promise<Films> {
    const isOld = this.link.expires - Date.now() / 1000 < renewBefore;
    if (this.#renew && (isOld || this.#wasRefused)) {
      this.#renewal ??= this.#renewOnce(this.#renew).finally(() => {
        this.#renewal = undefined;
      });
      await this.#renewal;
    }
    return this.#links;
  }

  async #renewOnce(renew: Renew): Promise<void> {
    try {
      this.#links = await renew();
      this.#wasRefused = false;
    } catch (error) {
      // The old link may be good for a while, and a refusal of it leads here again.
      console.warn("the link could not be renewed", error);
    }
  }
}
