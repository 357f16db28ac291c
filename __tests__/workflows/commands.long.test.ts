import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { changedProject, checkout as checkoutOf } from "../../rehearsal/harness/changed-project.ts";
import { type Broken, worldOf } from "../operations/verify/support/world.ts";
import type { JobResult } from "./support/runner.ts";
import { type Stage, openStage } from "./support/stage.ts";
import { workflowsIn } from "./support/workflow.ts";

// The life of a change in CI, from the files of the workflows: each test begins where the one before it ended.

const healthy = { api: { healthy: true } };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage("staging");
}, 60_000);

afterAll(() => stage.end());

afterEach(() => {
  expect(stage.server.refused).toEqual([]);
  stage.clear();
});

const last = ({ ran }: JobResult) => ran.at(-1)!;
const comments = () => stage.repository.comments.map(({ body }) => body);

test("a pull request is planned with credentials that no other step has, and the plan is its comment", async () => {
  const { releases } = stage.platform.context;
  releases.write(releases.push(healthy));
  const planned = await stage.review(1);
  expect([planned.ok, last(planned).output]).toEqual([true, expect.stringContaining("to change")]);
  expect([...stage.artifacts.keys()]).toEqual(["review-staging"]);

  expect((await stage.play("review.yml", "comment")).ok).toBe(true);
  expect(comments()).toHaveLength(1);
  expect(comments()[0]).toMatch(/^## Plan of staging: 1 to change\.\n/);
  expect(comments()[0]).toContain("The job `migrate` runs first");
}, 60_000);

test("the comment is written anew with the next push, and says when there is no plan", async () => {
  stage.artifacts.clear();
  expect((await stage.play("review.yml", "comment")).ok).toBe(true);

  expect(comments()).toEqual([
    expect.stringMatching(
      /^## staging could not be planned\n\nThe log says why: https:\/\/github\.com\/northlight\/mam-infra\/actions\/runs\/77\n/,
    ),
  ]);
}, 60_000);

test("a commit that nobody reviewed is not deployed", async () => {
  const result = await stage.play("deploy.yml", "staging");

  expect(result.ok).toBe(false);
  expect(last(result)).toMatchObject({
    script: expect.stringContaining("mam review fetch") as string,
    exitCode: 1,
    output: expect.stringContaining("Nobody reviewed this") as string,
  });
}, 60_000);

test("what was reviewed is deployed once it is on the main branch", async () => {
  stage.merge();
  const result = await stage.play("deploy.yml", "staging");

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringMatching(/staging: release \S+ runs, and is verified/),
  ]);
  expect(await stage.runs()).toMatchObject(stage.platform.context.releases.current().images);
}, 120_000);

test("another plan than the reviewed one ends the job with 3, and changes nothing", async () => {
  const { releases } = stage.platform.context;
  const before = await stage.runs();
  releases.write(releases.push(healthy));
  await stage.review(2);
  releases.write(releases.push(healthy));
  const result = await stage.play("deploy.yml", "staging");

  expect([result.ok, last(result).exitCode]).toEqual([false, 3]);
  expect(last(result).output).toMatch(
    /The plan is not the one that was reviewed\.\n[^]*spec\.service\[api\]\.image\.digest\n {4}reviewed {2}sha256:/,
  );
  expect(await stage.runs()).toEqual(before);
}, 120_000);

test("by hand it is planned anew, shown in the summary, and that plan is deployed", async () => {
  stage.artifacts.clear();
  const planned = await stage.play("deploy.yml", "plan", { event: "workflow_dispatch" });
  expect([planned.ok, planned.summary]).toEqual([
    true,
    expect.stringMatching(/^## Plan of staging: 1 to change\./),
  ]);
  const result = await stage.play("deploy.yml", "staging", { event: "workflow_dispatch" });

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringContaining("runs, and is verified"),
  ]);
}, 120_000);

test("a change by hand is one issue, which is closed when it is gone", async () => {
  const app = worldOf(stage.platform).app as Broken<ReturnType<typeof worldOf>["app"]>;
  const [frontend] = app.spec.services!.filter(({ name }) => name === "frontend");
  const count = frontend!.instance_count!;
  Object.assign(frontend!, { instance_count: count + 2 });
  const drifted = await stage.play("drift.yml", "drift");

  expect([drifted.ok, last(drifted).exitCode]).toEqual([false, 1]);
  expect(stage.repository.issues).toMatchObject([
    { title: "staging is not as its files say", state: "open" },
  ]);
  expect(stage.repository.issues[0]!.body).toContain("`spec.service[frontend].instance_count`");
  expect(stage.repository.issues[0]!.body).toContain(
    `environments/staging.ts: services: { frontend: { instances: { count: ${count + 2} } } }`,
  );

  Object.assign(frontend!, { instance_count: count });
  expect((await stage.play("drift.yml", "drift")).ok).toBe(true);
  expect(stage.repository.issues).toMatchObject([{ state: "closed" }]);
}, 120_000);

/** The sources in a repository of git, merged: the commit before has what they were. */
async function mergedCheckout() {
  const project = changedProject(checkoutOf("staging"), "staging", (input) => input);
  const git = (...line: string[]) => execa("git", line, { cwd: project.directory });
  await git("init", "--quiet");
  await git("config", "user.email", "somebody@northlight.example");
  await git("config", "user.name", "somebody");
  writeFileSync(join(project.directory, ".gitignore"), "node_modules\n");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "what there was");
  await git("commit", "--quiet", "--allow-empty", "--message", "a pull request of a fork");
  return project;
}

test("a fork is given no secret: what its files change stands in the summary of the job", async () => {
  const merged = await mergedCheckout();
  const { images } = stage.platform.context.releases.current();
  const result = await stage.play("review.yml", "difference", {
    event: "pull_request",
    directory: merged.directory,
  });
  merged.remove();

  expect([result.ok, last(result).output]).toEqual([true, expect.any(String)]);
  expect(result.summary).toContain(images.api.slice(0, "sha256:0123456789ab".length));
  expect(last(result).script).toContain('mam plan "$ENVIRONMENT" --against "HEAD^1" --markdown');
}, 120_000);

test("images that were built become a pull request, and the checkout stays as it is", async () => {
  const { releases } = stage.platform.context;
  const before = releases.current();
  const { images } = releases.push(healthy);
  const asked = `api=${images.api} worker=${images.worker}`;
  const result = await stage.play("release.yml", "release", {
    values: {
      "github.event.client_payload.environment || inputs.environment": "staging",
      "github.event.client_payload.images || inputs.images": asked,
    },
  });

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringMatching(/Pull request \d+: opened, https:/),
  ]);
  expect(stage.repository.pulls.at(-1)).toMatchObject({
    title: "release(staging): api, worker",
    base: "main",
    head: { ref: "release/staging" },
  });
  const [text] = stage.repository.branches.get("release/staging")!.files.values();
  expect(JSON.parse(text!)).toMatchObject({ images: { api: images.api } });
  expect(releases.current()).toEqual(before);
}, 60_000);

test.each(
  workflowsIn("docs/ci.md").flatMap((file) =>
    Object.keys(file.workflow.jobs).map((job) => [file.name, job, file] as const),
  ),
)(
  "%s: %s runs as it stands in the page",
  async (name, job, file) => {
    stage.files.set(name, file);
    const result = await stage.play(name, job);

    expect(
      result.ran.map(({ script, exitCode, output }) => [
        script,
        exitCode,
        exitCode === 0 ? "" : output,
      ]),
    ).toEqual(result.ran.map(({ script }) => [script, 0, ""]));
  },
  120_000,
);
