import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import { type StackKind, stackKinds, stackName } from "../../operations/terraform/stack-kinds.ts";
import type { CommandResult, Commands } from "./commands.ts";
import type { Workspace } from "./workspace.ts";

const plan = z.looseObject({
  resource_changes: z
    .array(
      z.looseObject({
        address: z.string(),
        change: z.looseObject({
          actions: z.array(z.string()),
          before: z.record(z.string(), z.unknown()).nullable().default(null),
          after: z.record(z.string(), z.unknown()).nullable().default(null),
        }),
      }),
    )
    .default([]),
});

/** What a plan would do, by address: `create`, `update of size, tags`, `delete`, `delete, create`. */
export type PlannedChanges = Readonly<Record<string, string>>;

/**
 * What a plan would do, from what `terraform show -json` prints of it. Attributes are named, never their values: any of
 * them may be a secret.
 */
export function plannedChanges(shown: string): PlannedChanges {
  const { resource_changes } = plan.parse(JSON.parse(shown));
  return Object.fromEntries(
    resource_changes
      .map(({ address, change }) => [address, sentence(change)] as const)
      .filter(([, action]) => action !== "no-op" && action !== "read"),
  );
}

function sentence({
  actions,
  before,
  after,
}: z.infer<typeof plan>["resource_changes"][number]["change"]) {
  const action = actions.join(", ");
  if (before === null || after === null) return action;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  return changed.length === 0 ? action : `${action} of ${changed.sort().join(", ")}`;
}

/** The variable by which both `mam` and CDKTF take another program for Terraform. */
export const programVariable = "TERRAFORM_BINARY_NAME";

/** The commands that people run on the stacks of an environment, with exactly the environment that a rehearsal allows. */
export class Stacks {
  readonly #name: string;
  readonly #commands: Commands;
  readonly #workspace: Workspace;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(
    name: string,
    commands: Commands,
    workspace: Workspace,
    environment: Readonly<Record<string, string>>,
  ) {
    this.#name = name;
    this.#commands = commands;
    this.#workspace = workspace;
    this.#environment = environment;
  }

  /** The same commands with another Terraform. What `init` of the one before left is forgotten, as docs/node.md says. */
  withProgram(program: string): Stacks {
    for (const kind of stackKinds) {
      for (const left of [".terraform", ".terraform.lock.hcl"]) {
        rmSync(join(this.#directoryOf(kind), left), { recursive: true, force: true });
      }
    }
    const environment = { ...this.#environment, [programVariable]: program };
    return new Stacks(this.#name, this.#commands, this.#workspace, environment);
  }

  /** `cdktf deploy` of all stacks, as the customer types it. */
  async deployAll(): Promise<CommandResult> {
    return this.#cdktf("deploy", [`${this.#name}-*`, "--auto-approve"]);
  }

  /** `cdktf deploy` of the app's stack alone, as for a release. */
  async deployApp(): Promise<CommandResult> {
    // With one stack only, the flag leaves the other two alone; without it the command would refuse.
    const alone = "--ignore-missing-stack-dependencies";
    return this.#cdktf("deploy", [`${this.#name}-app`, "--auto-approve", alone]);
  }

  /** `cdktf destroy` of all stacks, as the runbook says it. */
  async destroyAll(): Promise<CommandResult> {
    return this.#cdktf("destroy", [`${this.#name}-*`, "--auto-approve"]);
  }

  /**
   * `cdktf diff` of one stack. The plan that it leaves says what it found; the command's exit code does not. It is removed
   * once it was read, because it holds secrets.
   */
  async diff(kind: StackKind): Promise<{ result: CommandResult; changes: PlannedChanges }> {
    const result = await this.#cdktf("diff", [stackName(this.#name, kind)]);
    const changes = result.exitCode === 0 ? await this.#changesOf(kind) : {};
    return { result, changes };
  }

  /** Terraform's own plan: exit code 0 is "no changes", 2 is "changes". */
  async plan(kind: StackKind): Promise<CommandResult> {
    return this.terraform(kind, "plan", "-detailed-exitcode", "-lock-timeout=10s");
  }

  /** Runs Terraform on one stack. */
  async terraform(kind: StackKind, command: string, ...args: string[]): Promise<CommandResult> {
    const line = [...this.#terraformIn(kind), command, ...args] as const;
    return this.#commands.run(`terraform-${command}-${kind}`, line, this.#environment);
  }

  #terraformIn(kind: StackKind) {
    const program = this.#environment[programVariable] ?? "terraform";
    return [program, `-chdir=${this.#directoryOf(kind)}`] as const;
  }

  #directoryOf(kind: StackKind): string {
    return join(this.#workspace.outdir, "stacks", stackName(this.#name, kind));
  }

  async #cdktf(command: string, args: readonly string[]): Promise<CommandResult> {
    const options = ["--output", this.#workspace.outdir, "--skip-provider-lock"];
    const line = ["cdktf", command, ...args, ...options] as const;
    return this.#commands.run(`cdktf-${command}`, line, this.#environment);
  }

  async #changesOf(kind: StackKind): Promise<PlannedChanges> {
    // Where the states are in HCP Terraform, cdktf saves no plan (0.21.0): Terraform then plans the same once more.
    if (!existsSync(join(this.#directoryOf(kind), "plan")))
      await this.terraform(kind, "plan", "-input=false", "-out=plan");
    const line = [...this.#terraformIn(kind), "show", "-json", "plan"] as const;
    const { stdout } = await this.#commands.read(`terraform-show-${kind}`, line, this.#environment);
    rmSync(join(this.#directoryOf(kind), "plan"));
    return plannedChanges(stdout);
  }
}
