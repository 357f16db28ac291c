import type { JobResult } from "./support/runner.ts";
import { type Stage, openStage } from "./support/stage.ts";

// Production's part in the life of a change, from the files of the workflows: each test begins where the one before it ended.

const healthy = { api: { healthy: true } };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage("production");
}, 60_000);

afterAll(() => stage.end());

afterEach(() => {
  expect(stage.server.refused).toEqual([]);
  stage.clear();
});

const last = ({ ran }: JobResult) => ran.at(-1)!;

/** Writes a release into production's file, and reviews it as a pull request. */
async function reviewed(id: number): Promise<JobResult> {
  const { releases } = stage.platform.context;
  releases.write(releases.push(healthy));
  return stage.review(id);
}

test("a pull request is planned for production by the same job as for staging", async () => {
  const planned = await reviewed(1);

  expect([planned.ok, last(planned).output]).toEqual([true, expect.stringContaining("to change")]);
  expect([...stage.artifacts.keys()]).toEqual(["review-production"]);
}, 120_000);

test("a commit that nobody reviewed is not deployed to production", async () => {
  const before = await stage.runs();
  const result = await stage.play("deploy.yml", "production");

  expect(result.ok).toBe(false);
  expect(last(result)).toMatchObject({
    script: expect.stringContaining("mam review fetch production") as string,
    exitCode: 1,
    output: expect.stringContaining("Nobody reviewed this") as string,
  });
  expect(await stage.runs()).toEqual(before);
}, 120_000);

test("what was reviewed is deployed to production by its job, once it is on the main branch", async () => {
  stage.merge();
  const result = await stage.play("deploy.yml", "production");

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringMatching(/production: release \S+ runs, and is verified/),
  ]);
  expect(await stage.runs()).toMatchObject(stage.platform.context.releases.current().images);
}, 240_000);

test("another plan than the reviewed one ends production's job with 3, and changes nothing", async () => {
  const { releases } = stage.platform.context;
  const before = await stage.runs();
  await reviewed(2);
  releases.write(releases.push(healthy));
  const result = await stage.play("deploy.yml", "production");

  expect([result.ok, last(result).exitCode]).toEqual([false, 3]);
  expect(last(result).output).toContain("The plan is not the one that was reviewed.");
  expect(await stage.runs()).toEqual(before);
}, 240_000);

test("by hand production is planned anew, shown in the summary, and that plan is deployed", async () => {
  stage.artifacts.clear();
  const planned = await stage.play("deploy.yml", "plan", { event: "workflow_dispatch" });
  expect([planned.ok, planned.summary]).toEqual([
    true,
    expect.stringMatching(/^## Plan of production: 1 to change\./),
  ]);
  const result = await stage.play("deploy.yml", "production", { event: "workflow_dispatch" });

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringContaining("runs, and is verified"),
  ]);
  expect(await stage.runs()).toMatchObject(stage.platform.context.releases.current().images);
}, 240_000);

test("staging's job has nothing that production's lacks", () => {
  const { staging, production } = stage.files.get("deploy.yml")!.workflow.jobs;
  const said = JSON.stringify(production?.steps).replaceAll("production", "staging");

  expect(JSON.parse(said)).toEqual(staging?.steps);
  expect(production?.permissions).toEqual(staging?.permissions);
});
