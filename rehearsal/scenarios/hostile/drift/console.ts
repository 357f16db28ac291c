import { request } from "undici";

import type { RehearsalCloud } from "../../../harness/rehearsal-cloud.ts";

/** What the API answered to a person's console. */
export interface ConsoleReply {
  readonly status: number;
  readonly body: unknown;
}

/** The control panel: it asks the same API, with whatever a person typed. */
export class Console {
  readonly #cloud: RehearsalCloud;

  constructor(cloud: RehearsalCloud) {
    this.#cloud = cloud;
  }

  /** Asks, as often as the limit of requests makes it wait. */
  async ask(method: string, path: string, body?: unknown): Promise<ConsoleReply> {
    const { endpoints, credentials, clock } = this.#cloud;
    for (;;) {
      const answer = await request(`${endpoints.digitalOcean}${path}`, {
        method: method as "GET",
        headers: {
          authorization: `Bearer ${credentials.digitalOceanToken}`,
          "user-agent": "control-panel",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 429)
        return { status: answer.statusCode, body: text === "" ? undefined : JSON.parse(text) };
      await clock.sleep(Number(answer.headers["retry-after"] ?? 60));
    }
  }

  /** Reads what stands. @throws Error when it cannot be read. */
  async read(path: string): Promise<Readonly<Record<string, unknown>>> {
    const { status, body } = await this.ask("GET", path);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body as Readonly<Record<string, unknown>>;
  }
}
