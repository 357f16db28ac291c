import { setTimeout as sleep } from "node:timers/promises";

import type { Incident } from "./incident.ts";
import { runSql } from "./sql.ts";

/** Less than the five seconds after which a statement of the API gives up waiting for a lock: slow, and no failure. */
const heldSeconds = 3;

/** One route is slow, because something else holds its table: a lock that is taken again and again. */
export const slowRoute: Incident = {
  name: "a slow route",
  cause: `a table is locked for ${heldSeconds} s again and again: 15 of 100 requests to the API wait for it`,
  service: "api",
  objectives: ["p95"],
  begin: ({ cloud, interruption }) => {
    const ending = new AbortController();
    const ended = AbortSignal.any([ending.signal, interruption]);
    const hold = `begin; lock table refresh_tokens in access exclusive mode; select pg_sleep(${heldSeconds}); commit`;
    const holding = (async () => {
      while (!ended.aborted) {
        await runSql(cloud, hold);
        await sleep(50);
      }
    })();
    // A scenario that breaks off takes the database away under it, and ends nothing of it.
    holding.catch(() => undefined);
    return Promise.resolve(async () => {
      ending.abort();
      await holding;
    });
  },
};
