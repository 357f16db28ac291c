import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runProgram } from "./process.ts";
import { redactedPlan } from "./redacted-plan.ts";
import { type GivenVariable, tfvars } from "./values.ts";

/** What a run is executed with. */
interface WorkerJob {
  /** The directory, a gzipped tar. */
  readonly archive: Buffer;
  /** Directory of it in which Terraform runs; empty for all of it. */
  readonly workingDirectory: string;
  readonly state: Buffer | undefined;
  readonly terraformVersion: string;
  readonly order: {
    readonly isDestroy: boolean;
    readonly refresh: boolean;
    readonly refreshOnly: boolean;
    readonly targetAddrs: readonly string[];
    readonly replaceAddrs: readonly string[];
    /** Literals, which win over the others. */
    readonly variables: readonly { readonly key: string; readonly value: string }[];
  };
  readonly variables: readonly (GivenVariable & { readonly category: "terraform" | "env" })[];
  /** Token by which states of other workspaces are read. */
  readonly token: string;
}

/** What a worker of HCP Terraform is made of. */
interface WorkerOptions {
  /** Terraform. @defaultValue `terraform` of PATH */
  readonly program?: string;
  /** What every run gets beside its own variables: how it finds providers and HCP Terraform on this machine. */
  readonly environment: () => Readonly<Record<string, string>>;
}

type Log = (text: string) => void;

/** Where a run's Terraform keeps its state: the service takes it from there. */
const override = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

/**
 * Executes runs of HCP Terraform by the real Terraform: unpacks the archive, adds the workspace's values and state, plans,
 * and applies exactly that plan. A process of a run gets the variables of its workspace and nothing of this process.
 *
 * @returns what a cloud on this machine takes to execute runs.
 */
export const terraformWorker =
  ({ program = "terraform", environment }: WorkerOptions) =>
  async (job: WorkerJob) => {
    const root = await mkdtemp(join(tmpdir(), "hcp-run-"));
    const run = await unpacked(root, job);
    const variables = { ...environmentOf(root, job), ...environment() };
    const terraform = (line: readonly string[], log?: Log, signal?: AbortSignal) =>
      runProgram(program, line, {
        directory: run,
        environment: variables,
        ...(log ? { log } : {}),
        ...(signal ? { signal } : {}),
      });
    return {
      plan: async (log: Log, signal: AbortSignal) => {
        log(head(job));
        const said: string[] = [];
        const init = await terraform(
          ["init", "-input=false", "-no-color"],
          (text) => said.push(text),
          signal,
        );
        if (init.exitCode !== 0) {
          log(said.join(""));
          return undefined;
        }
        const line = ["plan", "-input=false", "-json", "-detailed-exitcode", "-out=plan"];
        const { exitCode } = await terraform([...line, ...optionsOf(job)], log, signal);
        if (exitCode !== 0 && exitCode !== 2) return undefined;
        const { stdout: json } = await terraform(["show", "-json", "plan"]);
        const { stdout: schemas } = await terraform(["providers", "schema", "-json"]);
        return { hasChanges: exitCode === 2, json, redacted: redactedPlan(json, schemas) };
      },
      apply: async (log: Log, signal: AbortSignal) => {
        log(head(job));
        const { exitCode } = await terraform(
          ["apply", "-input=false", "-json", "plan"],
          log,
          signal,
        );
        const file = join(run, "terraform.tfstate");
        const state = existsSync(file) ? await readFile(file) : undefined;
        return { ok: exitCode === 0, state };
      },
      close: () => rm(root, { recursive: true, force: true }),
    };
  };

/** What the service writes before Terraform's own words: the client swallows three lines (1.11.4, backend_apply.go). */
const head = ({ terraformVersion }: WorkerJob) =>
  `Terraform v${terraformVersion}\non linux_amd64\nInitializing plugins and modules...\n`;

async function unpacked(root: string, job: WorkerJob) {
  const { archive, workingDirectory, state, variables, order } = job;
  const environment = { PATH: process.env.PATH ?? "" };
  const unpackedTo = await mkdtemp(join(root, "run-"));
  const { exitCode } = await runProgram("tar", ["-xzf", "-"], {
    directory: unpackedTo,
    environment,
    input: archive,
  });
  if (exitCode !== 0) throw new Error("the configuration is no gzipped tar");
  const run = join(unpackedTo, workingDirectory);
  if (!existsSync(run)) throw new Error(`the configuration has no directory ${workingDirectory}`);
  const ofWorkspace = variables.filter(({ category }) => category === "terraform");
  const ofRun = order.variables.map((one) => ({ ...one, hcl: true }));
  await writeFile(join(run, "zz_run_override.tf.json"), JSON.stringify(override));
  await writeFile(join(run, "zz-1-workspace.auto.tfvars"), tfvars(ofWorkspace), { mode: 0o600 });
  await writeFile(join(run, "zz-2-run.auto.tfvars"), tfvars(ofRun), { mode: 0o600 });
  if (state) await writeFile(join(run, "terraform.tfstate"), state, { mode: 0o600 });
  return run;
}

function environmentOf(root: string, { variables, token }: WorkerJob): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: root,
    TMPDIR: root,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_TOKEN_app_terraform_io: token,
    ...Object.fromEntries(
      variables.filter(({ category }) => category === "env").map(({ key, value }) => [key, value]),
    ),
  };
}

function optionsOf({ order }: WorkerJob): string[] {
  const { isDestroy, refresh, refreshOnly, targetAddrs, replaceAddrs } = order;
  return [
    ...(isDestroy ? ["-destroy"] : []),
    ...(refresh ? [] : ["-refresh=false"]),
    ...(refreshOnly ? ["-refresh-only"] : []),
    ...targetAddrs.map((address) => `-target=${address}`),
    ...replaceAddrs.map((address) => `-replace=${address}`),
  ];
}
