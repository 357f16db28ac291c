import { readFileSync } from "node:fs";
import { join } from "node:path";

import { findingsIn, workflowChecks } from "./support/checks.ts";
import { defects } from "./support/defects.ts";
import { preparingSteps, workflowFiles, workflowOf, workflowsIn } from "./support/workflow.ts";

const root = join(import.meta.dirname, "../..");
const files = workflowFiles();

test("there is a workflow for each thing that CI does", () => {
  expect(files.map(({ name }) => name).toSorted()).toEqual([
    "check.yml",
    "deploy.yml",
    "drift.yml",
    "release.yml",
    "restore.yml",
    "review.yml",
  ]);
});

test.each([...files, ...workflowsIn("docs/ci.md")].map((file) => [file.name, file] as const))(
  "every check holds of %s",
  (_, file) => {
    expect(findingsIn(file)).toEqual([]);
  },
);

test.each(defects.map((defect) => [defect.what, defect.check, defect] as const))(
  "%s is found by %s",
  (_, check, { file, from, to }) => {
    const { name, text } = files.find((one) => one.name === file)!;
    const spoilt = text.replace(from, to);

    expect(spoilt).not.toBe(text);
    expect(findingsIn(workflowOf(name, spoilt)).map((finding) => finding.split(":")[0])).toContain(
      check,
    );
  },
);

test("every check finds a defect", () => {
  const found = new Set(defects.map(({ check }) => check));

  expect(workflowChecks.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

test("what is prepared is what the checkout says", () => {
  const steps = preparingSteps();
  const terraform = steps.find(({ uses }) => uses?.startsWith("hashicorp/setup-terraform@"));
  const version = readFileSync(join(root, ".terraform-version"), "utf8").trim();

  expect(terraform?.with).toEqual({ terraform_version: version, terraform_wrapper: false });
  expect(steps.map(({ run }) => run).filter(Boolean)).toEqual(["npm ci"]);
});

test("the actions of the preparation are pinned too, to the same commits as everywhere", () => {
  const action = readFileSync(join(root, ".github/actions/prepare/action.yml"), "utf8");
  const pins = [action, ...files.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/uses: ([\w./-]+)@([0-9a-f]{40}) # (v[\d.]+)$/gm)].map(
      ([, name = "", commit = "", version = ""]) => [name, `${commit} ${version}`] as const,
    ),
  );
  const names = [...new Set(pins.map(([name]) => name))];
  const twice = names.filter(
    (name) => new Set(pins.filter(([one]) => one === name).map(([, pin]) => pin)).size > 1,
  );

  expect(action.match(/uses: /g)).toHaveLength(2);
  expect(names).toContain("actions/setup-node");
  expect(twice).toEqual([]);
});

test("the page about GitLab types the same commands", () => {
  const page = readFileSync(join(root, "docs/gitlab.md"), "utf8");
  const typed = [...page.matchAll(/^ +- (n(?:px|pm) .*)$/gm)].map(([, line = ""]) => line);
  const known = files.flatMap(({ text }) =>
    [...text.matchAll(/run: (.*)$/gm)].map(([, line = ""]) => line),
  );
  const bare = (line: string) => line.replace(/ (--markdown >> .*|--against .*|--issue)$/, "");
  const commands = new Set([...known, "npm ci"].map(bare));

  expect(typed.length).toBeGreaterThan(6);
  expect(typed.filter((line) => !commands.has(bare(line)))).toEqual([]);
});
