import { throwIfAborted } from "@mam-infra/clients/abort";
import {
  type Answer,
  type EndpointName,
  endpoints,
} from "@mam-infra/clients/digitalocean/endpoints";
import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Journal } from "./journal.ts";

/** What a call is made with, as far as answers depend on it. */
export interface Asked {
  /** Of the path. */
  readonly of: Readonly<Record<string, string | number>>;
  readonly body: unknown;
}

/** What is answered, by the name of the call. */
export type Answers = { [Name in EndpointName]?: (asked: Asked) => Answer<Name> };

/**
 * A client that answers from a table until it is interrupted, and notes every call that changes something. An answer of another shape than the
 * API's, and a call that the table does not have, are errors of the test.
 */
export function recordedDigitalOcean(
  answers: () => Answers,
  journal: Journal,
  interruption: AbortSignal,
): DigitalOcean {
  return {
    call: async (name, parameters, ...[content]) => {
      const { method, response } = endpoints[name];
      throwIfAborted(interruption, `${name} was not asked`);
      journal.note(method === "GET" ? `reads ${name}` : `DigitalOcean ${name}`);
      const answer = answers()[name];
      if (!answer) throw new Error(`no answer is recorded for ${name}`);
      const body = content && "body" in content ? content.body : undefined;
      const said: unknown = answer({ of: parameters, body });
      // The table pairs each name with its schema, which TypeScript cannot follow through an index.
      return Promise.resolve(response.parse(said) as Answer<typeof name>);
    },
    rateLimit: () => undefined,
    clockAhead: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** What the API answers when it refuses a call. */
export function refusedBy(status: number, reason = "refused"): DigitalOceanError {
  return new DigitalOceanError({ method: "GET", path: "/v2", status, attempts: 1 }, reason);
}
