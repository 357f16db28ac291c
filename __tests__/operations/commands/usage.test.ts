import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { placeVariable } from "../../../operations/context/place.ts";
import { runMam } from "../../support/run-mam.ts";

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "mam-usage-"));
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

/** Runs a line without any credential: whatever is asked of a platform is another error. */
const mam = (line: string) =>
  runMam({ PATH: process.env.PATH, [placeVariable]: place }, line.split(" "));

test.each([
  [
    "console staging api --reason ticket --json",
    "--json: a shell has no result for it\n  fix: leave --json out\n",
  ],
  [
    "psql staging --reason ticket --json",
    "--json goes with --list or --close: psql speaks itself\n  fix: leave --json out, or mam psql staging --list --json\n",
  ],
  [
    "dashboard staging open --json",
    "open is for a person, --json for a program: mam status staging --json has what the page shows\n",
  ],
  [
    "status staging --watch --json",
    "--watch is for a person, --json for a program: use one of them\n",
  ],
])("%s is refused: what speaks to a person has no JSON", async (line, refusal) => {
  const { exitCode, output, stdout } = await mam(line);

  expect(output).toContain(refusal);
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    error: { kind: "configuration", message: refusal.trimEnd(), findings: [] },
  });
  expect(exitCode).toBe(2);
});

test.each([
  ["dashboard staging open --port 65536", "--port 65536: expected a number from 1 to 65535\n"],
  ["status staging --watch 29", "--watch 29: expected seconds, 30 or more\n"],
  [
    "rollback staging --repair",
    "--repair goes with --list\n  fix: mam rollback staging --list --repair\n",
  ],
  [
    "restore staging disk",
    "disk: expected database, or object and its key\n  fix: mam restore staging object <key>, or mam restore staging database --to latest --prove\n",
  ],
  [
    "init Demo --from staging",
    [
      'environments/Demo.ts: name is "Demo"',
      "  expected  text that matches /^[a-z][a-z0-9-]{1,18}[a-z0-9]$/",
      "  fix       type another name, such as demo or qa-eu",
      "",
      "1 finding. Nothing was written.\n",
    ].join("\n"),
  ],
  [
    "adopt nowhere",
    "error: there is no environment nowhere: say with --from which one says what does not stand yet\n  fix: mam adopt nowhere --from production, or --from staging\n",
  ],
  [
    "adopt shop --from staging --bucket film=originals",
    "error: option '--bucket <tier=name>' argument 'film=originals' is invalid. Expected tier=name, where tier is one of staging, masters, previews, backups.\n",
  ],
  [
    "adopt shop --from staging --component edge=",
    "error: option '--component <ours=theirs>' argument 'edge=' is invalid. Expected ours=theirs, where ours is one of frontend, api, worker, edge.\n",
  ],
])("mam %s is refused with what was expected, before anything is asked", async (line, refusal) => {
  expect(await mam(line)).toEqual({ exitCode: 2, output: refusal, stdout: "" });
});
