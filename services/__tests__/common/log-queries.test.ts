import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { createServer } from "@mam-services/common/requests";
import { pino } from "pino";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** The questions of the page to plain lines, in its order. */
const queries = [...read("docs/logs.md").matchAll(/^jq -s (-c )?'(.*)' lines$/gm)].map(
  ([, option = "", query = ""]) => [...option.trim().split(" ").filter(Boolean), query],
);

const skip = spawnSync("jq", ["--version"]).error
  ? "jq is not installed: apt-get install jq"
  : false;

/** Lines of a service that answered 200 three times and failed once. */
async function linesOfAService(): Promise<string> {
  let written = "";
  const logger = pino(
    { formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => void (written += line) },
  );
  const server = createServer({ logger });
  server.get("/lists/:id", () => "a list");
  server.get("/broken", () => {
    throw new Error("broken");
  });
  for (const path of ["/lists/1", "/lists/2", "/lists/3", "/broken"]) await server.inject(path);
  await server.close();
  logger.error({ reason: "broken off", attempts: 3 }, "job given up");
  return written;
}

test(
  "the questions of the page to plain lines are answered by a service's own lines",
  { skip },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "log-queries-"));
    const lines = join(directory, "lines");
    writeFileSync(lines, await linesOfAService());
    const ask = (parameters: readonly string[]) =>
      execFileSync("jq", ["-s", ...parameters, lines], { encoding: "utf8" }).trim();
    const [rate, p95, slow, given] = queries.map(ask);
    rmSync(directory, { recursive: true });

    assert.equal(queries.length, 4);
    assert.equal(rate, "25");
    assert.match(p95 ?? "", /^\d+$/);
    assert.deepEqual(
      (slow ?? "")
        .split("\n")
        .map((line) => (JSON.parse(line) as { route: string }).route)
        .sort(),
      ["/broken", "/lists/:id"],
    );
    assert.equal(given, "1");
  },
);

test("the words that are looked for are those that services write", () => {
  const page = read("docs/logs.md");

  assert.ok(page.includes("job given up"));
  assert.match(read("services/worker/src/queue/attempt.ts"), /, "job given up"\);/);
});

test("every destination that logs may go to has its queries", () => {
  const page = read("docs/logs.md");
  const kinds = /z\.enum\(\[([^\]]+)\]\)/.exec(read("environments/schema/logs.ts"))?.[1] ?? "";
  const headings = [...page.matchAll(/^### ([^:\n]+)/gm)].map(([, name = ""]) =>
    name.toLowerCase().replaceAll(" ", "-"),
  );

  const wanted = [...kinds.matchAll(/"([^"]+)"/g)].map(([, kind]) => kind);

  assert.deepEqual(headings.toSorted(), wanted.toSorted());
});
