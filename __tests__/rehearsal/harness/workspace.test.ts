import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeAtomically } from "../../../operations/context/atomic-write.ts";
import { closeWorkspace, openWorkspace } from "../../../rehearsal/harness/workspace.ts";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mam-infra-"));
  mkdirSync(join(project, "environments"));
  writeFileSync(join(project, "environments/staging.release.json"), "{}");
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

test("a rehearsal has its own copy of the release, and leaves the environment's alone", () => {
  const { releases } = openWorkspace(project, "staging");
  writeAtomically(join(releases, "staging.release.json"), "changed");

  expect(readFileSync(join(project, "environments/staging.release.json"), "utf8")).toBe("{}");
});

test("what a killed rehearsal left is gone when the next one begins", () => {
  const { root } = openWorkspace(project, "staging");
  writeFileSync(join(root, "rehearsal.pid"), "999999999");
  writeFileSync(join(root, "left-over"), "");

  openWorkspace(project, "staging");

  expect(existsSync(join(root, "left-over"))).toBe(false);
});

test("a second rehearsal of the same environment is refused while the first one runs", () => {
  const { root } = openWorkspace(project, "staging");
  writeFileSync(join(root, "rehearsal.pid"), String(process.ppid));

  expect(() => openWorkspace(project, "staging")).toThrow(
    `Another rehearsal of staging is running (process ${process.ppid}). Wait for it, or end it: kill ${process.ppid}`,
  );
});

test("nothing is left unless it is to be kept", () => {
  closeWorkspace(openWorkspace(project, "staging"), false);
  expect(readdirSync(join(project, ".rehearsal"))).toEqual([]);

  closeWorkspace(openWorkspace(project, "staging"), true);
  expect(readdirSync(join(project, ".rehearsal/staging"))).toContain("logs");
});
