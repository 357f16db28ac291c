import { MockAgent } from "undici";

import type { Clients } from "../../../operations/context/clients.ts";
import type { Journal } from "./journal.ts";

/** Addresses of chats and webhooks, none of which is reached: what each is sent is noted by `kind` and `result`. */
export function recordedWeb(journal: Journal): Clients["web"] {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get(/.*/)
    .intercept({ path: () => true, method: "POST" })
    .reply(200, ({ body }) => {
      const { kind, result } = JSON.parse(typeof body === "string" ? body : "{}") as {
        kind?: string;
        result?: string;
      };
      journal.note(`tells: ${kind ?? "a sentence"} ${result ?? ""}`.trimEnd());
      return "";
    })
    .persist();
  return () => agent;
}
