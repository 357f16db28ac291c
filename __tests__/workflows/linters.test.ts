import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { z } from "zod";

import { workflowFiles, workflowsIn } from "./support/workflow.ts";

const root = join(import.meta.dirname, "../..");
const files = [...workflowFiles(), ...workflowsIn("docs/ci.md")];

/** Not run where the program is not: what was not looked at has not passed. */
const where = (program: string) => {
  const { status } = spawnSync("sh", ["-c", `command -v ${program}`]);
  return status === 0 ? test : test.skip;
};

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "mam-workflows-"));
  execFileSync("git", ["init", "--quiet", copy]);
  const action = ".github/actions/prepare/action.yml";
  mkdirSync(dirname(join(copy, action)), { recursive: true });
  mkdirSync(join(copy, ".github/workflows"));
  writeFileSync(join(copy, action), readFileSync(join(root, action)));
  for (const { name, text } of files) {
    const file = `${name.replaceAll(/[^\w.]/g, "-").replace(/\.yml$/, "")}.yml`;
    writeFileSync(join(copy, ".github/workflows", file), text);
  }
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: "utf8" });
  return { status, stdout, stderr };
};

where("actionlint")("actionlint finds nothing, and reads the scripts with shellcheck", () => {
  expect(run("shellcheck", ["--version"]).status).toBe(0);
  expect(run("actionlint", ["-no-color"])).toMatchObject({ status: 0, stdout: "" });
});

/** Findings of zizmor that stand, each with the reason. */
const accepted: Readonly<Record<string, string>> = {
  "self-repository":
    "actionlint 1.7.12 does not know the newer way to write it, and takes it for an error",
};

const findingsSchema = z.array(z.object({ ident: z.string(), desc: z.string() }));

where("zizmor")("zizmor finds nothing, as an auditor sees it", () => {
  const args = ["--offline", "--persona=auditor", "--format=json", ".github"];
  const { stdout } = run("zizmor", args);
  const findings = findingsSchema.parse(JSON.parse(stdout));
  const others = findings.filter(({ ident }) => !(ident in accepted));

  expect(others.map(({ ident, desc }) => `${ident}: ${desc}`)).toEqual([]);
});

where("zizmor")("zizmor is asked in earnest: it finds a tag that can be moved", () => {
  const file = join(copy, ".github/workflows/check.yml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/actions\/checkout@\w+ # v[\d.]+/, "actions/checkout@v7"));
  const { stdout } = run("zizmor", ["--offline", "--format=json", ".github"]);
  writeFileSync(file, text);

  expect(findingsSchema.parse(JSON.parse(stdout)).map(({ ident }) => ident)).toContain(
    "unpinned-uses",
  );
});
