import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { type Answer, type Ask, Browser } from "./browser.ts";
import type { Ledger } from "./ledger.ts";

/** Where the platform is, for a person's browser. */
export interface Place {
  /** Address of the page, without a slash at its end. */
  readonly app: string;
  /** Who may sign in. */
  readonly email: string;
  readonly password: string;
}

/** A film on a person's disk. */
export interface Film {
  readonly name: string;
  readonly bytes: Buffer;
}

const sessionSchema = z.object({ accessToken: z.string(), expiresIn: z.number() });

const uploadSchema = z.object({
  id: z.string(),
  partBytes: z.number().int().positive(),
  parts: z.union([
    z.number().int(),
    z.array(z.object({ number: z.number().int(), bytes: z.number().int() })),
  ]),
});

const urlsSchema = z.object({ urls: z.record(z.string(), z.string()) });

const assetSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
  media: z.looseObject({}).nullish(),
});

/** An asset as the API tells of it. */
export type Asset = z.infer<typeof assetSchema>;

/** Addresses at which a preview plays. */
const playbackSchema = z.object({ hls: z.string(), mp4: z.string(), poster: z.string() });

/** Addresses at which a preview plays, until they expire. */
export type Playback = z.infer<typeof playbackSchema>;

const seconds = 1000;

/** Seconds that something may become of an asset in: a quarter of an hour, for a machine that is busy with other things. */
const patience = 900;

/** Asset states from which nothing follows by itself. */
const ended = new Set(["ready", "refused", "failed"]);

/** Someone of a video team: signs in, uploads, watches, shares. */
export class Editor {
  readonly #browser: Browser;
  readonly #place: Place;
  readonly #interruption: AbortSignal;
  #token = "";
  #expires = 0;

  /**
   * @param person an address of their own; see {@link Browser}.
   * @param interruption ends their waiting.
   */
  constructor(place: Place, ledger: Ledger, person: number, interruption: AbortSignal) {
    this.#place = place;
    this.#interruption = interruption;
    this.#browser = new Browser(ledger, person);
  }

  /** Signs out: the session is over everywhere. */
  async signOut(): Promise<void> {
    await this.#call("signing out", "DELETE", "/api/session");
  }

  /** A new access token, as the page fetches one before the old one expires. Whoever is refused signs in the next time. */
  async renew(): Promise<void> {
    if (this.#token === "") await this.#signIn();
    await this.#refresh().catch((error: unknown) => {
      this.#token = "";
      throw error;
    });
  }

  /** How far an upload is, as the page asks before it goes on with one. */
  async uploadState(upload: string): Promise<void> {
    read(await this.#call("how far an upload is", "GET", `/api/uploads/${upload}`), uploadSchema);
  }

  /** Asks for the preview of an asset once more. */
  async previewAgain(asset: string): Promise<void> {
    const path = `/api/assets/${asset}/preview`;
    await this.#call("a preview once more", "POST", path, undefined, [202]);
  }

  /** The newest assets. */
  async library(): Promise<readonly Asset[]> {
    const answer = await this.#call("the library", "GET", "/api/assets?limit=50");
    return read(answer, z.object({ items: z.array(assetSchema) })).items;
  }

  /**
   * Uploads a film in parts, as the page does, and asks for its promotion.
   *
   * @param cutIn number of a part whose first try is cut in the middle; the upload is then resumed from what storage has.
   * @returns id of the asset.
   */
  async upload({ name, bytes }: Film, cutIn?: number): Promise<string> {
    const body = JSON.stringify({ fileName: name, size: bytes.length });
    const answer = await this.#call("beginning an upload", "POST", "/api/uploads", body);
    const begun = read(answer, uploadSchema);
    const count = Math.max(1, Math.ceil(bytes.length / begun.partBytes));
    const part = (number: number) =>
      bytes.subarray((number - 1) * begun.partBytes, number * begun.partBytes);
    for (let number = 1; cutIn !== undefined && number <= cutIn; number += 1) {
      await this.#sendPart(begun.id, number, part(number), number === cutIn);
    }
    const stored = await this.#storedParts(begun.id);
    for (let number = 1; number <= count; number += 1) {
      if (!stored.has(number)) await this.#sendPart(begun.id, number, part(number), false);
    }
    return this.#finish(begun.id);
  }

  /** Waits until nothing more becomes of an asset by itself, and says what it has become. */
  async settled(asset: string, withinSeconds = patience): Promise<Asset> {
    return this.#waitFor(asset, ended, withinSeconds);
  }

  /** Waits until an asset is in a state, or in one from which it does not get there, and says in which it is. */
  async reached(asset: string, status: string): Promise<Asset> {
    return this.#waitFor(asset, new Set([status, ...ended]), patience);
  }

  async #waitFor(asset: string, states: ReadonlySet<string>, withinSeconds: number) {
    const until = Date.now() + withinSeconds * seconds;
    for (;;) {
      const found = await this.asset(asset);
      if (states.has(found.status) || Date.now() > until) return found;
      await sleep(250, undefined, { signal: this.#interruption });
    }
  }

  /** One asset as it is now. */
  async asset(id: string): Promise<Asset> {
    return read(await this.#call("an asset", "GET", `/api/assets/${id}`), assetSchema);
  }

  /** Addresses at which an asset's preview plays. */
  async playback(asset: string): Promise<Playback> {
    const path = `/api/assets/${asset}/playback`;
    return read(await this.#call("addresses to play", "POST", path), playbackSchema);
  }

  /** A link to give away. */
  async share(asset: string): Promise<string> {
    const path = `/api/assets/${asset}/shares`;
    const answer = await this.#call("a link to share", "POST", path);
    return read(answer, z.object({ url: z.string() })).url;
  }

  /** Fetches something by its whole address, without a session. */
  async fetch(what: string, url: string, rest: Partial<Ask> = {}): Promise<Answer> {
    return this.#browser.ask({ what, url, ...rest });
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #finish(upload: string): Promise<string> {
    const path = `/api/uploads/${upload}/complete`;
    const done = await this.#call("completing an upload", "POST", path);
    const { asset } = read(done, z.object({ asset: assetSchema }));
    const promote = `/api/assets/${asset.id}/promote`;
    await this.#call("promotion", "POST", promote, undefined, [200, 202]);
    return asset.id;
  }

  async #sendPart(upload: string, number: number, bytes: Buffer, isCut: boolean): Promise<void> {
    const path = `/api/uploads/${upload}/urls`;
    const answer = await this.#call(
      "addresses of parts",
      "POST",
      path,
      JSON.stringify({ numbers: [number] }),
    );
    const url = read(answer, urlsSchema).urls[String(number)];
    if (url === undefined) throw new Error(`the API signed no address for part ${number}`);
    const cut = isCut ? { cutAfter: Math.floor(bytes.length / 2) } : {};
    await this.#browser.ask({
      what: "a part of an upload",
      url,
      method: "PUT",
      body: bytes,
      ...cut,
    });
  }

  async #storedParts(upload: string): Promise<ReadonlySet<number>> {
    const answer = await this.#call("parts that are stored", "GET", `/api/uploads/${upload}`);
    const { parts } = read(answer, uploadSchema);
    return new Set(typeof parts === "number" ? [] : parts.map(({ number }) => number));
  }

  async #call(
    what: string,
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: string,
    right?: readonly number[],
  ): Promise<Answer> {
    if (this.#token === "") await this.#signIn();
    else if (Date.now() > this.#expires) await this.#refresh();
    const ask = this.#json(what, method, path, body);
    return this.#browser.ask({ ...ask, ...(right ? { right } : {}) });
  }

  async #signIn(): Promise<void> {
    const { email, password } = this.#place;
    const body = JSON.stringify({ email, password });
    this.#keep(await this.#browser.ask(this.#json("signing in", "POST", "/api/session", body)));
  }

  async #refresh(): Promise<void> {
    const ask = this.#json("a new access token", "POST", "/api/session/refresh");
    this.#keep(await this.#browser.ask(ask));
  }

  #json(what: string, method: "GET" | "POST" | "DELETE", path: string, body?: string): Ask {
    const { app } = this.#place;
    const token = this.#token === "" ? {} : { authorization: `Bearer ${this.#token}` };
    const headers = { origin: app, ...token };
    const ask = { what, url: `${app}${path}`, method, headers };
    if (body === undefined) return ask;
    return { ...ask, headers: { ...headers, "content-type": "application/json" }, body };
  }

  #keep(answer: Answer): void {
    const { accessToken, expiresIn } = read(answer, sessionSchema);
    this.#token = accessToken;
    // Renewed early, so that no request arrives with a token that has just expired.
    this.#expires = Date.now() + (expiresIn * seconds) / 2;
  }
}

/** @throws Error with the status and the beginning of the answer, when it is not what the API promises. */
function read<T>({ status, body }: Answer, schema: z.ZodType<T>): T {
  const text = body.toString();
  const parsed = schema.safeParse(status >= 200 && status < 300 ? parseJson(text) : undefined);
  if (parsed.success) return parsed.data;
  throw new Error(`the API answered ${status} ${text.slice(0, 200)}`);
}

/** JSON, or undefined for text that is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
