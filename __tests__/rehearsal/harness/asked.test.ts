import { RequestLog } from "@mam-infra/cloud/request-log";

import { askedFromNow } from "../../../rehearsal/harness/asked.ts";

const began = Date.parse("2026-11-29T10:00:00.000Z");

/** A log to which requests are added, so many seconds after it began. */
function logged() {
  const requestLog = new RequestLog();
  const ask = (seconds: number, line: string, platform: "digitalocean" | "wasabi") => {
    const [method = "", path = ""] = line.split(" ");
    const at = new Date(began + seconds * 1000).toISOString();
    requestLog.record({ at, platform, caller: "mam", method, path, query: "", status: 200 });
  };
  return {
    requestLog,
    ask: (seconds: number, ...lines: string[]) => {
      for (const line of lines) ask(seconds, line, "digitalocean");
    },
    askElsewhere: (line: string) => {
      ask(0, line, "wasabi");
    },
  };
}

test("requests are counted from then on, those of DigitalOcean, and none that only waits", () => {
  const { requestLog, ask, askElsewhere } = logged();
  ask(0, "GET /v2/apps");
  const { atMost } = askedFromNow({ requestLog });
  ask(1, "GET /v2/apps", "POST /v2/databases", "GET /v2/databases/1", "GET /v2/databases/1/users");
  askElsewhere("GET /");

  expect(atMost(3)).toEqual([]);
  expect(atMost(2)).toEqual(["3 requests, expected 2 at most"]);
});

test("a minute has to have room for all that nothing takes apart, however long it took", () => {
  const { requestLog, ask } = logged();
  const { inAMinute } = askedFromNow({ requestLog });
  ask(0, "GET /v2/apps");
  ask(500, "GET /v2/apps");

  expect(inAMinute(1)).toEqual(["2 requests in a minute, expected 1 at most"]);
  expect(inAMinute(2)).toEqual([]);
});

test("what comes before a database is asked for and what comes once it is there are in no minute together", () => {
  const { requestLog, ask } = logged();
  const { inAMinute } = askedFromNow({ requestLog });
  ask(0, "GET /v2/account", "GET /v2/vpcs");
  ask(1, "POST /v2/databases", "POST /v2/databases", "GET /v2/projects");
  ask(300, "POST /v2/apps", "GET /v2/apps");

  expect(inAMinute(5)).toEqual([]);
  expect(inAMinute(4)).toEqual(["5 requests in a minute, expected 4 at most"]);
});
