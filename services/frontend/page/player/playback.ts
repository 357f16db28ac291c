import { signal } from "@preact/signals";
import type Hls from "hls.js/light";
import type { ErrorData, ErrorTypes } from "hls.js/light";

import { hlsSettings } from "./hls-settings.ts";
import type { PlaybackLinks } from "./links.ts";

/** Seconds until a player that lost its way tries again; the browser's word that it is online comes before. */
const retrySeconds = 5;

/** Loads hls.js: most of the page's code, and only players need it. A page from before a release may not find it. */
async function loadHlsJs(): Promise<typeof import("hls.js/light") | undefined> {
  return await import("hls.js/light").catch((error: unknown) => {
    console.warn("the player cannot be loaded", error);
    return undefined;
  });
}

/** What a person is told about a player that stands still. */
export type Trouble = "waiting" | "unreachable" | "expired" | "refused" | "unplayable" | "outdated";

/**
 * Plays an asset in a video element: by hls.js, where the browser cannot run it by the browser's own HLS, and at last
 * as one MP4. Each step that fails leads to the next.
 */
export class Playback {
  readonly trouble = signal<Trouble | undefined>(undefined);

  readonly #video: HTMLVideoElement;
  readonly #links: PlaybackLinks;
  readonly #hasMp4: () => boolean;
  readonly #ends = new AbortController();
  #hls: Hls | undefined;
  #recovered = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param hasMp4 whether the whole film is there as one file; it is made last. */
  constructor(video: HTMLVideoElement, links: PlaybackLinks, hasMp4: () => boolean) {
    this.#video = video;
    this.#links = links;
    this.#hasMp4 = hasMp4;
  }

  /** Begins to load. */
  async start(): Promise<void> {
    const { signal } = this.#ends;
    const on = (event: string, react: () => void) => {
      this.#video.addEventListener(event, react, { signal });
    };
    on("error", () => void this.#onVideoError());
    on("playing", () => {
      this.#say(undefined);
    });
    on("timeupdate", () => {
      this.#say(undefined);
    });
    on("waiting", () => {
      this.#say("waiting");
    });
    addEventListener(
      "online",
      () => {
        this.#again();
      },
      { signal },
    );
    const library = await loadHlsJs();
    if (!library) this.#say("outdated");
    else if (library.default.isSupported()) await this.#playByHlsJs(library);
    else await this.#playNatively();
  }

  /** Ends it, and gives back what it holds. */
  stop(): void {
    this.#ends.abort();
    clearTimeout(this.#retry);
    this.#hls?.destroy();
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  async #playByHlsJs(library: typeof import("hls.js/light")): Promise<void> {
    const { hls: address } = await this.#links.good();
    if (this.#ends.signal.aborted) return;
    const hls = new library.default(hlsSettings(this.#links));
    this.#hls = hls;
    hls.on(library.Events.ERROR, (_event, data) => {
      if (data.response?.code === 403) this.#links.refused();
      if (data.fatal) this.#onFatalError(hls, data, library.ErrorTypes);
    });
    hls.loadSource(address);
    hls.attachMedia(this.#video);
  }

  #onFatalError(hls: Hls, { type, response }: ErrorData, types: typeof ErrorTypes): void {
    if (type === types.NETWORK_ERROR) this.#lost(response?.code);
    else if (type === types.MEDIA_ERROR) this.#mediaFailed(hls);
    else this.#leaveHlsJs(hls);
  }

  #mediaFailed(hls: Hls): void {
    if (this.#recovered) {
      this.#leaveHlsJs(hls);
      return;
    }
    this.#recovered = true;
    hls.recoverMediaError();
  }

  #leaveHlsJs(hls: Hls): void {
    hls.destroy();
    this.#hls = undefined;
    void this.#playMp4();
  }

  /** The network, the edge or the link failed, and hls.js has given up. */
  #lost(status: number | undefined): void {
    if (status === 403 && !this.#links.isRenewable) {
      this.#say(this.#links.link.expires < Date.now() / 1000 ? "expired" : "refused");
      return;
    }
    this.#say("unreachable");
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#again();
    }, retrySeconds * 1000);
  }

  #again(): void {
    if (this.trouble.value !== "unreachable") return;
    if (!this.#hls) void this.#reload();
    else if (this.#hls.levels.length === 0) this.#hls.loadSource(this.#hls.url ?? "");
    else this.#hls.startLoad();
  }

  async #playNatively(): Promise<void> {
    if (this.#video.canPlayType("application/vnd.apple.mpegurl") === "") {
      await this.#playMp4();
      return;
    }
    const { hls } = await this.#links.good();
    if (!this.#ends.signal.aborted) this.#video.src = hls;
  }

  async #playMp4(): Promise<void> {
    if (!this.#hasMp4()) {
      this.#say("unplayable");
      return;
    }
    const { mp4 } = await this.#links.good();
    if (!this.#ends.signal.aborted) this.#playFrom(mp4);
  }

  /** The video element failed by itself: hls.js says nothing when the page's policy forbids what it made. */
  async #onVideoError(): Promise<void> {
    const { error, src } = this.#video;
    if (!error || src === "") return;
    if (this.#hls) {
      this.#mediaFailed(this.#hls);
      return;
    }
    if (error.code === MediaError.MEDIA_ERR_NETWORK) await this.#reload();
    else if (new URL(src).pathname.endsWith(".mp4")) this.#say("unplayable");
    else await this.#playMp4();
  }

  /** What a browser loads by itself keeps its address: a new link is a new address, and the place is kept. */
  async #reload(): Promise<void> {
    this.#links.refused();
    const before = this.#video.src;
    const { hls, mp4 } = await this.#links.good();
    if (this.#ends.signal.aborted) return;
    const after = before.endsWith(".mp4") ? mp4 : hls;
    if (after === before) this.#lost(undefined);
    else this.#playFrom(after);
  }

  #playFrom(address: string): void {
    const { currentTime, paused } = this.#video;
    this.#video.src = address;
    this.#video.currentTime = currentTime;
    if (!paused)
      void this.#video.play().catch(() => {
        this.#say("waiting");
      });
  }

  #say(trouble: Trouble | undefined): void {
    if (!this.#ends.signal.aborted) this.trouble.value = trouble;
  }
}
