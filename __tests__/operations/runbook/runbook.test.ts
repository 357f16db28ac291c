import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runbook } from "../../../operations/runbook/runbook.ts";
import { teardownSection } from "../../../operations/runbook/sections/teardown.ts";
import { anEnvironment } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";
import { aSession } from "../../support/recorded/session.ts";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-runbook-"));
  mkdirSync(join(project, "docs"));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const run = (check: boolean) =>
  runbook(aSession({ environment: anEnvironment(), project, clients: {} }), { check });

const markdown = () => join(project, "docs/runbook.production.md");

test("both pages are written, and asking again writes nothing", () => {
  const first = run(false);

  expect(first.ok).toBe(true);
  expect(first.text).toContain("docs/runbook.production.md  written\n");
  expect(readFileSync(markdown(), "utf8")).toMatch(/^# Runbook of production\n/);
  expect(readFileSync(join(project, "docs/runbook.production.html"), "utf8")).toMatch(
    /^<!doctype html>/,
  );
  expect(run(false).text).toBe(
    "docs/runbook.production.md  current\ndocs/runbook.production.html  current\n",
  );
});

test("a check writes nothing, and fails for what is missing or says something else", () => {
  expect(run(true)).toMatchObject({
    ok: false,
    data: { stale: ["docs/runbook.production.md", "docs/runbook.production.html"], written: false },
    text: expect.stringContaining("Next: mam runbook production, and commit what it writes\n"),
  });

  run(false);
  writeFileSync(markdown(), "changed by hand");

  expect(run(true)).toMatchObject({ ok: false, data: { stale: ["docs/runbook.production.md"] } });
  expect(readFileSync(markdown(), "utf8")).toBe("changed by hand");
});

test("a check of current pages is content", () => {
  run(false);

  expect(run(true)).toMatchObject({ ok: true, data: { stale: [] } });
});

test("machines with a card go before the rest is taken down, where there are any", () => {
  const step = "Remove `services.worker.gpu`, and `npx mam deploy production`";

  expect(JSON.stringify(teardownSection(anEnvironment(withGpu()).config))).toContain(step);
  expect(JSON.stringify(teardownSection(anEnvironment().config))).not.toContain("gpu");
});
