import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { sealEnvironment } from "../../operations/secrets/sealing.ts";
import { runningApp } from "../../operations/platform/running-app.ts";
import { imagesOf } from "../../operations/platform/deployments.ts";
import { changedProject, checkout as checkoutOf } from "../../rehearsal/harness/changed-project.ts";
import { silent } from "../support/deploying.ts";
import { type Repository, aRepository } from "../support/github/repository.ts";
import { type GitHubServer, serveGitHub } from "../support/github/server.ts";
import { type TestPlatform, openDeployedPlatform } from "../support/platform.ts";
import { type Broken, worldOf } from "../operations/verify/support/world.ts";
import { type Programs, programs } from "./support/programs.ts";
import { type JobResult, type Machine, playJob } from "./support/runner.ts";
import { workflowFiles, workflowsIn } from "./support/workflow.ts";

// The life of a change in CI, from the files of the workflows: each test begins where the one before it ended.

const root = join(import.meta.dirname, "../..");
const files = new Map(workflowFiles().map((file) => [file.name, file]));
const head = "b".repeat(40);
const pushed = "d".repeat(40);
const healthy = { api: { healthy: true } };

/** A checkout of its own, of the same files: nothing was synthesised in it. */
const checkout = mkdtempSync(join(tmpdir(), "mam-checkout-"));
for (const name of readdirSync(root)) {
  if (/^(\.git|cdktf\.out|\.rehearsal|\.mam)$/.test(name)) continue;
  symlinkSync(join(root, name), join(checkout, name));
}

let platform: TestPlatform;
let bin: Programs;
let repository: Repository;
let server: GitHubServer;
let artifacts: Machine["artifacts"];

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  await sealEnvironment(platform.session(), silent);
  bin = programs();
  repository = aRepository({ "environments/staging.release.json": "" });
  server = await serveGitHub(repository);
  artifacts = new Map();
}, 60_000);

afterAll(async () => {
  bin.remove();
  rmSync(checkout, { recursive: true });
  await server.close();
  await platform.end();
});

afterEach(() => {
  expect(server.refused).toEqual([]);
  rmSync(join(platform.session().project, "review"), { recursive: true, force: true });
});

/** What is a secret in the repository's environments, by its name there. */
const secrets = () => {
  const { variables } = platform;
  const of = (name: string) => variables[name] ?? "";
  return {
    DIGITALOCEAN_TOKEN: of("DIGITALOCEAN_TOKEN"),
    SPACES_ACCESS_KEY: of("AWS_ACCESS_KEY_ID"),
    SPACES_SECRET_KEY: of("AWS_SECRET_ACCESS_KEY"),
    WASABI_ACCESS_KEY: of("TF_VAR_wasabi_access_key"),
    WASABI_SECRET_KEY: of("TF_VAR_wasabi_secret_key"),
    BETTER_STACK_TOKEN: of("TF_VAR_better_stack_token"),
    RELEASE_TOKEN: "token-of-the-job",
  };
};

/** Everything of the platform but its credentials: those come from the workflow, or not at all. */
const withoutCredentials = () =>
  Object.fromEntries(
    Object.entries(platform.variables).flatMap(([name, value]) =>
      value === undefined || /^(DIGITALOCEAN_TOKEN|AWS_\w*KEY\w*|TF_VAR_.*)$/.test(name)
        ? []
        : [[name, value] as const],
    ),
  );

/** Plays a job on the platform. */
async function play(
  file: string,
  job: string,
  values: Readonly<Record<string, string>> = {},
  event = "push",
  // cdktf reads its own file where it runs, and writes beside it.
  directory = file.startsWith("docs/") ? checkout : platform.session().project,
): Promise<JobResult> {
  const { GH_TOKEN: token = "", ...reach } = server.variables;
  const given = Object.entries(secrets()).map(([name, value]) => [`secrets.${name}`, value]);
  const result = await playJob(files.get(file)!, job, {
    directory,
    variables: {
      ...withoutCredentials(),
      ...reach,
      PATH: `${bin.directory}:${platform.variables.PATH ?? ""}`,
      GITHUB_SHA: pushed,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: repository.name,
      GITHUB_RUN_ID: "77",
    },
    values: {
      ...(Object.fromEntries(given) as Record<string, string>),
      "github.token": token,
      "github.event.pull_request.number": "12",
      "matrix.environment": "staging",
      "inputs.environment": "staging",
      ...values,
    },
    conditions: {
      "${{ !cancelled() }}": true,
      "${{ github.event_name == 'push' }}": event === "push",
      "${{ github.event_name == 'workflow_dispatch' }}": event === "workflow_dispatch",
    },
    artifacts,
    permit: (permissions) => {
      // A job whose token is another one's has that one's rights.
      const own = file === "release.yml";
      repository.permissions = own ? { contents: "write", "pull-requests": "write" } : permissions;
    },
  });
  const said = result.ran.map(({ output }) => output).join("\n") + result.summary;
  for (const secret of Object.values(secrets())) expect(said).not.toContain(secret);
  return result;
}

const last = ({ ran }: JobResult) => ran.at(-1)!;
const runs = async () => {
  const app = await runningApp(platform.session());
  return app?.active_deployment ? imagesOf(app.active_deployment) : {};
};
const comments = () => repository.comments.map(({ body }) => body);

/** Reviews what the files say, as a pull request with this head. */
async function review(id: number): Promise<JobResult> {
  artifacts.clear();
  const planned = await play("review.yml", "plan");
  repository.runs.push({
    id,
    workflow: "review.yml",
    head: { sha: head, repository: repository.name },
    startedAt: `2026-11-28T10:00:${String(id).padStart(2, "0")}Z`,
    artifacts: Object.fromEntries(artifacts),
  });
  rmSync(join(platform.session().project, "review"), { recursive: true, force: true });
  return planned;
}

test("a pull request is planned with credentials that no other step has, and the plan is its comment", async () => {
  const { releases } = platform.context;
  releases.write(releases.push(healthy));
  const planned = await review(1);
  expect([planned.ok, last(planned).output]).toEqual([true, expect.stringContaining("to change")]);
  expect([...artifacts.keys()]).toEqual(["review-staging"]);

  expect((await play("review.yml", "comment")).ok).toBe(true);
  expect(comments()).toHaveLength(1);
  expect(comments()[0]).toMatch(/^## Plan of staging: 1 to change\.\n/);
  expect(comments()[0]).toContain("The job `migrate` runs first");
}, 60_000);

test("the comment is written anew with the next push, and says when there is no plan", async () => {
  artifacts.clear();
  expect((await play("review.yml", "comment")).ok).toBe(true);

  expect(comments()).toEqual([
    expect.stringMatching(
      /^## staging could not be planned\n\nThe log says why: https:\/\/github\.com\/northlight\/mam-infra\/actions\/runs\/77\n/,
    ),
  ]);
}, 60_000);

test("a commit that nobody reviewed is not deployed", async () => {
  const result = await play("deploy.yml", "staging");

  expect(result.ok).toBe(false);
  expect(last(result)).toMatchObject({
    script: expect.stringContaining("mam review fetch") as string,
    exitCode: 1,
    output: expect.stringContaining("Nobody reviewed this") as string,
  });
}, 60_000);

test("what was reviewed is deployed once it is on the main branch", async () => {
  repository.pulls.push({
    ...{ number: 12, title: "", body: "", base: "main", state: "closed", merged: pushed },
    head: { ref: "topic", sha: head, repository: repository.name },
  });
  const result = await play("deploy.yml", "staging");

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringMatching(/staging: release \S+ runs, and is verified/),
  ]);
  expect(await runs()).toMatchObject(platform.context.releases.current().images);
}, 120_000);

test("another plan than the reviewed one ends the job with 3, and changes nothing", async () => {
  const { releases } = platform.context;
  const before = await runs();
  releases.write(releases.push(healthy));
  await review(2);
  releases.write(releases.push(healthy));
  const result = await play("deploy.yml", "staging");

  expect([result.ok, last(result).exitCode]).toEqual([false, 3]);
  expect(last(result).output).toMatch(
    /The plan is not the one that was reviewed\.\n[^]*spec\.service\[api\]\.image\.digest\n {4}reviewed {2}sha256:/,
  );
  expect(await runs()).toEqual(before);
}, 120_000);

test("by hand it is planned anew, shown in the summary, and that plan is deployed", async () => {
  artifacts.clear();
  const planned = await play("deploy.yml", "plan", {}, "workflow_dispatch");
  expect([planned.ok, planned.summary]).toEqual([
    true,
    expect.stringMatching(/^## Plan of staging: 1 to change\./),
  ]);
  const result = await play("deploy.yml", "staging", {}, "workflow_dispatch");

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringContaining("runs, and is verified"),
  ]);
}, 120_000);

test("production's job does what was played as staging's", () => {
  const { staging, production } = files.get("deploy.yml")!.workflow.jobs;
  const said = JSON.stringify(production?.steps).replaceAll("production", "staging");

  expect(JSON.parse(said)).toEqual(staging?.steps);
  expect(production?.permissions).toEqual(staging?.permissions);
});

test("a change by hand is one issue, which is closed when it is gone", async () => {
  const app = worldOf(platform).app as Broken<ReturnType<typeof worldOf>["app"]>;
  const [frontend] = app.spec.services!.filter(({ name }) => name === "frontend");
  const count = frontend!.instance_count!;
  Object.assign(frontend!, { instance_count: count + 2 });
  const drifted = await play("drift.yml", "drift");

  expect([drifted.ok, last(drifted).exitCode]).toEqual([false, 1]);
  expect(repository.issues).toMatchObject([
    { title: "staging is not as its files say", state: "open" },
  ]);
  expect(repository.issues[0]!.body).toContain("`spec.service[frontend].instance_count`");
  expect(repository.issues[0]!.body).toContain(
    `environments/staging.ts: services: { frontend: { instances: { count: ${count + 2} } } }`,
  );

  Object.assign(frontend!, { instance_count: count });
  expect((await play("drift.yml", "drift")).ok).toBe(true);
  expect(repository.issues).toMatchObject([{ state: "closed" }]);
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
  const { images } = platform.context.releases.current();
  const result = await play("review.yml", "difference", {}, "pull_request", merged.directory);
  merged.remove();

  expect([result.ok, last(result).output]).toEqual([true, expect.any(String)]);
  expect(result.summary).toContain(images.api.slice(0, "sha256:0123456789ab".length));
  expect(last(result).script).toContain('mam plan "$ENVIRONMENT" --against "HEAD^1" --markdown');
}, 120_000);

test("images that were built become a pull request, and the checkout stays as it is", async () => {
  const { releases } = platform.context;
  const before = releases.current();
  const { images } = releases.push(healthy);
  const asked = `api=${images.api} worker=${images.worker}`;
  const result = await play("release.yml", "release", {
    "github.event.client_payload.environment || inputs.environment": "staging",
    "github.event.client_payload.images || inputs.images": asked,
  });

  expect([result.ok, last(result).output]).toEqual([
    true,
    expect.stringMatching(/Pull request \d+: opened, https:/),
  ]);
  expect(repository.pulls.at(-1)).toMatchObject({
    title: "release(staging): api, worker",
    base: "main",
    head: { ref: "release/staging" },
  });
  const [text] = repository.branches.get("release/staging")!.files.values();
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
    files.set(name, file);
    const result = await play(name, job);

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
