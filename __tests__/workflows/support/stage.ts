import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { imagesOf } from "../../../operations/platform/deployments.ts";
import { runningApp } from "../../../operations/platform/running-app.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { silent } from "../../support/deploying.ts";
import { type Repository, aRepository } from "../../support/github/repository.ts";
import { type GitHubServer, serveGitHub } from "../../support/github/server.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { programs } from "./programs.ts";
import { type JobResult, type Machine, playJob } from "./runner.ts";
import { type WorkflowFile, workflowFiles } from "./workflow.ts";

const root = join(import.meta.dirname, "../../..");

/** Head of the pull request that is reviewed. */
export const head = "b".repeat(40);

/** The commit that it became on the main branch. */
export const pushed = "d".repeat(40);

/** How a job is played. */
interface Playing {
  /** What `\${{ … }}` stands for beside secrets and the environment. */
  readonly values?: Readonly<Record<string, string>>;
  /** Default: `push`. */
  readonly event?: "push" | "pull_request" | "workflow_dispatch";
  /** Where it runs; default: the project of the platform, and a checkout for what stands in a page. */
  readonly directory?: string;
}

/** An environment that is deployed, sealed, and has a repository with workflows. */
export interface Stage {
  readonly platform: TestPlatform;
  readonly repository: Repository;
  readonly server: GitHubServer;
  readonly artifacts: Map<string, Readonly<Record<string, string>>>;
  readonly files: Map<string, WorkflowFile>;
  /** Plays a job on the platform. No secret may stand in what it prints. */
  play(file: string, job: string, playing?: Playing): Promise<JobResult>;
  /** Reviews what the files say, as a pull request with {@link head}. */
  review(id: number): Promise<JobResult>;
  /** Says that the pull request was merged, as {@link pushed}. */
  merge(): void;
  /** What the app runs. */
  runs(): Promise<ReturnType<typeof imagesOf>>;
  /** Removes what a review wrote into the project. */
  clear(): void;
  end(): Promise<void>;
}

/** Deploys and seals an environment, beside a GitHub that has what its workflows need. */
export async function openStage(environment: string): Promise<Stage> {
  const platform = await openDeployedPlatform(environment);
  await sealEnvironment(platform.session(), silent);
  const bin = programs();
  const checkout = emptyCheckout();
  const repository = aRepository({ [`environments/${environment}.release.json`]: "" });
  const server = await serveGitHub(repository);
  const artifacts = new Map();
  const files = new Map(workflowFiles().map((file) => [file.name, file]));
  const { project } = platform.session();
  const play: Stage["play"] = async (name, job, playing = {}) => {
    const file = files.get(name);
    if (!file) throw new Error(`there is no workflow ${name}`);
    // cdktf reads its own file where it runs, and writes beside it.
    const { directory = name.startsWith("docs/") ? checkout : project } = playing;
    const machine = machineOf({ platform, repository, server, environment }, name, playing);
    const path = `${bin.directory}:${platform.variables.PATH ?? ""}`;
    const variables = { ...machine.variables, PATH: path };
    const result = await playJob(file, job, { ...machine, directory, variables, artifacts });
    const said = result.ran.map(({ output }) => output).join("\n") + result.summary;
    for (const secret of Object.values(secretsOf(platform))) expect(said).not.toContain(secret);
    return result;
  };
  const clear = () => {
    rmSync(join(project, "review"), { recursive: true, force: true });
  };
  return {
    ...{ platform, repository, server, artifacts, files, play, clear },
    review: async (id) => {
      artifacts.clear();
      const planned = await play("review.yml", "plan");
      repository.runs.push({
        id,
        workflow: "review.yml",
        head: { sha: head, repository: repository.name },
        startedAt: `2026-11-28T10:00:${String(id).padStart(2, "0")}Z`,
        artifacts: Object.fromEntries(artifacts) as Record<string, Record<string, string>>,
      });
      clear();
      return planned;
    },
    merge: () => {
      repository.pulls.push({
        ...{ number: 12, title: "", body: "", base: "main", state: "closed", merged: pushed },
        head: { ref: "topic", sha: head, repository: repository.name },
      });
    },
    runs: async () => {
      const app = await runningApp(platform.session());
      return app?.active_deployment ? imagesOf(app.active_deployment) : {};
    },
    end: async () => {
      bin.remove();
      rmSync(checkout, { recursive: true });
      await server.close();
      await platform.end();
    },
  };
}

/** A checkout of its own, of the same files: nothing was synthesised in it. */
function emptyCheckout(): string {
  const checkout = mkdtempSync(join(tmpdir(), "mam-checkout-"));
  for (const name of readdirSync(root)) {
    if (/^(\.git|cdktf\.out|\.rehearsal|\.mam)$/.test(name)) continue;
    symlinkSync(join(root, name), join(checkout, name));
  }
  return checkout;
}

/** What is a secret in the repository's environments, by its name there. */
function secretsOf({ variables }: TestPlatform) {
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
}

/** Everything of the platform but its credentials: those come from the workflow, or not at all. */
const withoutCredentials = ({ variables }: TestPlatform) =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || /^(DIGITALOCEAN_TOKEN|AWS_\w*KEY\w*|TF_VAR_.*)$/.test(name)
        ? []
        : [[name, value] as const],
    ),
  );

/** What a job runs on, as far as it is the same wherever it runs. */
function machineOf(
  {
    platform,
    repository,
    server,
    environment,
  }: Pick<Stage, "platform" | "repository" | "server"> & { readonly environment: string },
  file: string,
  { values = {}, event = "push" }: Playing,
): Omit<Machine, "directory" | "artifacts"> {
  const { GH_TOKEN: token = "", ...reach } = server.variables;
  const given = Object.entries(secretsOf(platform)).map(([name, value]) => [
    `secrets.${name}`,
    value,
  ]);
  return {
    variables: {
      ...withoutCredentials(platform),
      ...reach,
      GITHUB_SHA: pushed,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: repository.name,
      GITHUB_RUN_ID: "77",
    },
    values: {
      ...(Object.fromEntries(given) as Record<string, string>),
      "github.token": token,
      "github.event.pull_request.number": "12",
      "matrix.environment": environment,
      "inputs.environment": environment,
      ...values,
    },
    conditions: {
      "${{ !cancelled() }}": true,
      "${{ github.event_name == 'push' }}": event === "push",
      "${{ github.event_name == 'workflow_dispatch' }}": event === "workflow_dispatch",
    },
    permit: (permissions) => {
      // A job whose token is another one's has that one's rights.
      const own = file === "release.yml";
      repository.permissions = own ? { contents: "write", "pull-requests": "write" } : permissions;
    },
  };
}
