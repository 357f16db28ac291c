import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

import type { Permissions } from "../../support/github/repository.ts";
import { type Step, type WorkflowFile, preparingSteps } from "./workflow.ts";

/** Files of an artifact, by path. */
export type Artifact = Readonly<Record<string, string>>;

/** What a job runs on. */
export interface Machine {
  /** The workspace: the checkout. */
  readonly directory: string;
  /** What every step has: programs, and where the platforms of the test are. No credential is among it. */
  readonly variables: Readonly<Record<string, string>>;
  /** What `\${{ … }}` stands for; an expression that is not listed is an error. */
  readonly values: Readonly<Record<string, string>>;
  /** Which conditions hold; one that is not listed is an error. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Artifacts that are there before, and those that the job leaves behind. */
  readonly artifacts: Map<string, Artifact>;
  /** Is told what the job's token may do. */
  readonly permit: (permissions: Permissions) => void;
}

/** What became of a script. */
export interface Ran {
  readonly script: string;
  readonly exitCode: number;
  readonly output: string;
}

/** What became of a job. */
export interface JobResult {
  readonly ok: boolean;
  readonly ran: readonly Ran[];
  /** What stands in the summary of the job. */
  readonly summary: string;
}

/** How the runner starts a script with \`shell: bash\` (actions/runner, ScriptHandlerHelpers.cs). */
const shell = ["--noprofile", "--norc", "-e", "-o", "pipefail"] as const;

/** Plays a job as it stands in a file: its scripts run, and of the actions what they leave behind. */
export async function playJob(
  { workflow }: WorkflowFile,
  id: string,
  machine: Machine,
): Promise<JobResult> {
  const job = workflow.jobs[id];
  if (!job) throw new Error(`there is no job ${id}`);
  machine.permit(job.permissions ?? {});
  const temporary = mkdtempSync(join(tmpdir(), "mam-job-"));
  const player = new JobPlayer(machine, job.env ?? {}, temporary);
  for (const step of job.steps) await player.step(step);
  const result = player.result();
  rmSync(temporary, { recursive: true });
  return result;
}

type Values = Readonly<Record<string, string | number | boolean>>;

class JobPlayer {
  readonly #machine: Machine;
  readonly #env: Values;
  readonly #temporary: string;
  readonly #ran: Ran[] = [];
  #ok = true;

  constructor(machine: Machine, env: Values, temporary: string) {
    this.#machine = machine;
    this.#env = env;
    this.#temporary = temporary;
    writeFileSync(this.#summary, "");
  }

  get #summary(): string {
    return join(this.#temporary, "summary.md");
  }

  async step(step: Step): Promise<void> {
    if (!this.#isDue(step)) return;
    if (step.run === undefined) await this.#action(step);
    else await this.#script(step.run, step.env ?? {});
  }

  result(): JobResult {
    return { ok: this.#ok, ran: this.#ran, summary: readFileSync(this.#summary, "utf8") };
  }

  async #action(step: Step): Promise<void> {
    const [action = ""] = (step.uses ?? "").split("@");
    switch (action) {
      case "actions/checkout":
      case "actions/setup-node":
      case "hashicorp/setup-terraform":
        return;
      case "./.github/actions/prepare":
        for (const one of preparingSteps()) await this.step(one);
        return;
      case "actions/upload-artifact":
        this.#upload(this.#inputs(step));
        return;
      case "actions/download-artifact":
        this.#download(this.#inputs(step), "continue-on-error" in step);
        return;
      default:
        throw new Error(`${action} is no action that is known here`);
    }
  }

  /** A step without a condition is left out after a failure; one with a condition is not, if it says so. */
  #isDue({ if: condition }: Step): boolean {
    if (condition === undefined) return this.#ok;
    const holds = this.#machine.conditions[condition];
    if (holds === undefined) throw new Error(`whether ${condition} holds is not known`);
    return holds && (this.#ok || condition.includes("!cancelled()"));
  }

  async #script(script: string, env: Values): Promise<void> {
    const file = join(this.#temporary, "script.sh");
    writeFileSync(file, script);
    const { exitCode, all } = await execa("bash", [...shell, file], {
      cwd: this.#machine.directory,
      env: {
        ...this.#machine.variables,
        GITHUB_ACTIONS: "true",
        GITHUB_STEP_SUMMARY: this.#summary,
        ...this.#resolved(this.#env),
        ...this.#resolved(env),
      },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: "ignore",
    });
    this.#ran.push({ script, exitCode: exitCode ?? 1, output: all });
    this.#ok &&= exitCode === 0;
  }

  #resolved(values: Values): Record<string, string> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, this.#evaluated(String(value))]),
    );
  }

  #evaluated(text: string): string {
    return text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      const value = this.#machine.values[expression];
      if (value === undefined) throw new Error(`what ${expression} is is not known`);
      return value;
    });
  }

  #inputs({ with: given = {} }: Step): { readonly name: string; readonly path: string } {
    const of = (key: string) => this.#evaluated(String(given[key]));
    return { name: of("name"), path: join(this.#machine.directory, of("path")) };
  }

  #upload({ name, path }: { readonly name: string; readonly path: string }): void {
    const files = filesIn(path);
    if (files.length > 0) this.#machine.artifacts.set(name, Object.fromEntries(files));
  }

  #download({ name, path }: { readonly name: string; readonly path: string }, may: boolean): void {
    const artifact = this.#machine.artifacts.get(name);
    this.#ok &&= artifact !== undefined || may;
    for (const [file, content] of Object.entries(artifact ?? {})) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    }
  }
}

function filesIn(directory: string): (readonly [string, string])[] {
  try {
    return readdirSync(directory).map(
      (name) => [name, readFileSync(join(directory, name), "utf8")] as const,
    );
  } catch {
    return [];
  }
}
