import { setTimeout as delay } from "node:timers/promises";

import { type Answer, ask, headerOf, jsonOf, unless } from "../tools/ask.ts";
import { waitFor } from "../tools/wait.ts";
import type { World } from "../world.ts";
import { makeFilm } from "../worker/film.ts";

/** An answer with its JSON. */
export interface Told extends Answer {
  readonly json: Readonly<Record<string, unknown>>;
}

/** How a call differs from what the page would send. */
export interface Calling {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Client address; default one of this person's own. */
  readonly client?: string;
  /** Instance that is called; default the first. */
  readonly base?: string;
}

/** Somebody with a browser, and the protocol of services/api/README.md. */
export class Person {
  readonly #world: World;
  readonly #client: string;
  token = "";
  /** The refresh cookie as `name=value`. */
  cookie = "";

  constructor(world: World) {
    this.#world = world;
    this.#client = world.aClient();
  }

  /** Calls the API as the page does. */
  async call(method: string, path: string, calling: Calling = {}): Promise<Told> {
    const { body, headers = {}, client = this.#client, base = this.#world.base("api") } = calling;
    const answer = await ask(base, path, {
      method,
      client,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { ...answer, json: (jsonOf(answer) ?? {}) as Told["json"] };
  }

  /** Signs in, by default with the account's own password. */
  async signIn(password = this.#world.target.account?.password ?? ""): Promise<Told> {
    const email = this.#world.target.account?.email;
    const answer = await this.call("POST", "/api/session", { body: { email, password } });
    this.#keep(answer);
    return answer;
  }

  /** Refreshes the session by its cookie. */
  async refresh(): Promise<Told> {
    const answer = await this.call("POST", "/api/session/refresh");
    this.#keep(answer);
    return answer;
  }

  #keep(answer: Told): void {
    if (answer.status !== 200) return;
    this.token = String(answer.json.accessToken);
    this.cookie = headerOf(answer, "set-cookie").split(";")[0] ?? "";
  }
}

/** Somebody who is signed in, the same for all statements. */
export function signedIn(world: World): Promise<Person> {
  return world.once("person", async () => {
    const person = new Person(world);
    const answer = await person.signIn();
    if (answer.status !== 200) throw new Error(`signing in was answered with ${answer.status}`);
    return person;
  });
}

/** An upload as the API describes it. */
export interface Upload {
  readonly id: string;
  readonly size: number;
  readonly partBytes: number;
  readonly parts: number;
}

/** Begins an upload. */
export async function begin(person: Person, size: number): Promise<Upload> {
  const answer = await person.call("POST", "/api/uploads", {
    body: { fileName: "film.mkv", size },
  });
  const refused = unless(201, answer, "an upload");
  if (refused) throw new Error(refused);
  return answer.json as unknown as Upload;
}

/** Addresses of parts, by number. */
export async function addresses(person: Person, { id }: Upload, numbers: readonly number[]) {
  const answer = await person.call("POST", `/api/uploads/${id}/urls`, { body: { numbers } });
  return { answer, urls: (answer.json.urls ?? {}) as Readonly<Record<string, string>> };
}

/** Sends bytes to an address, as a browser does. @returns the status */
export async function send(address: string, bytes: Buffer): Promise<number> {
  const { pathname, search, origin } = new URL(address);
  const { status } = await ask(origin, `${pathname}${search}`, { method: "PUT", body: bytes });
  return status;
}

/** Uploads the whole of something. @returns the upload and the answer to its completion */
export async function upload(person: Person, bytes: Buffer) {
  const begun = await begin(person, bytes.length);
  const numbers = Array.from({ length: begun.parts }, (_, index) => index + 1);
  const { urls } = await addresses(person, begun, numbers);
  for (const number of numbers) {
    const part = bytes.subarray((number - 1) * begun.partBytes, number * begun.partBytes);
    await send(urls[number] ?? "", part);
  }
  const completed = await person.call("POST", `/api/uploads/${begun.id}/complete`);
  return { begun, completed };
}

/** A job as the stream had it when it was added. */
export type SeenJob = Readonly<Record<string, unknown>>;

/** A film on its whole way: uploaded, promoted, its job seen in the stream, its preview made. */
export interface Pipeline {
  readonly assetId: string;
  readonly key: string;
  readonly size: number;
  readonly promotions: readonly Told[];
  readonly job: SeenJob | undefined;
  /** The asset when its preview was ready. */
  readonly asset: Readonly<Record<string, unknown>>;
}

/** Sends a film on its whole way, once. */
export function pipeline(world: World): Promise<Pipeline> {
  return world.once("pipeline", async () => {
    // The worker can say that it is done from now on.
    await world.reports;
    const person = await signedIn(world);
    const { bytes } = await makeFilm(world);
    const { completed } = await upload(person, bytes);
    const { id = "" } = (completed.json.asset ?? {}) as { id?: string };
    const entries = await listen(world);
    const promote = () => person.call("POST", `/api/assets/${id}/promote`);
    const promotions = await Promise.all([promote(), promote()]);
    const job = await entries.jobOf(id);
    const asset = await waitFor("the preview of the upload", world.patience, async () => {
      // Seldom enough for any limit.
      await delay(500);
      const { json } = await person.call("GET", `/api/assets/${id}`);
      return ["ready", "refused", "failed"].includes(String(json.status)) && json;
    });
    const key = String((job?.master as { key?: unknown } | undefined)?.key);
    return {
      assetId: id,
      key,
      size: bytes.length,
      promotions: [...promotions, await promote()],
      job,
      asset,
    };
  });
}

/** Reads the stream beside its consumer group: an entry that is added from now on is seen before it is deleted. */
async function listen(world: World) {
  const [reader, valkey] = [await world.connect(), await world.valkey];
  const stream = world.variable("PREVIEW_STREAM");
  const [newest] = await valkey.xrevrange(stream, "+", "-", "COUNT", 1);
  let last = newest?.[0] ?? "0-0";
  const next = async (): Promise<readonly SeenJob[] | undefined> => {
    const answer = await reader.xread("BLOCK", 1000 * world.patience, "STREAMS", stream, last);
    return answer?.[0]?.[1].map(([entry, fields]) => {
      last = entry;
      return JSON.parse(fields[fields.indexOf("job") + 1] ?? "{}") as SeenJob;
    });
  };
  let reading = next();
  reading.catch(() => undefined);
  return {
    jobOf: async (asset: string): Promise<SeenJob | undefined> => {
      for (let jobs = await reading; jobs; jobs = await reading) {
        const job = jobs.find((one) => one.asset === asset);
        if (job) return job;
        reading = next();
      }
      return undefined;
    },
  };
}
