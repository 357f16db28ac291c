import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

const message = z.looseObject({
  type: z.string(),
  diagnostic: z
    .looseObject({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    })
    .optional(),
  change: z
    .looseObject({ resource: z.looseObject({ addr: z.string() }), action: z.string() })
    .optional(),
});

const state = z.looseObject({
  outputs: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
  resources: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.looseObject({
          status: z.string().optional(),
          attributes: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
});

/** What Terraform did and said. */
export interface TerraformResult {
  /** As with `-detailed-exitcode` for plans: 2 when something is to change. */
  readonly exitCode: number;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** What a plan would do, by address. */
  readonly changes: Readonly<Record<string, string>>;
}

/** A resource as it stands in the state. */
export interface StoredResource {
  readonly tainted: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function resultOf(exitCode: number, stdout: string): TerraformResult {
  const messages = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => message.parse(JSON.parse(line)));
  const said = (severity: string) =>
    messages.flatMap(({ diagnostic: one }) =>
      one?.severity === severity
        ? [`${one.address ? `${one.address}: ` : ""}${one.summary}. ${one.detail}`.trim()]
        : [],
    );
  const changes = messages.flatMap(({ type, change }) =>
    type === "planned_change" && change ? [[change.resource.addr, change.action] as const] : [],
  );
  return {
    exitCode,
    errors: said("error"),
    warnings: said("warning"),
    changes: Object.fromEntries(changes),
  };
}

/** Terraform in a directory of its own, attached to providers in this process. */
export class TerraformDirectory {
  readonly #reattach: string;
  readonly #directory = mkdtempSync(join(tmpdir(), "mam-provider-"));

  /** @param reattach value of `TF_REATTACH_PROVIDERS`. */
  constructor(reattach: string) {
    this.#reattach = reattach;
  }

  write(configuration: object | string): void {
    const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
    writeFileSync(join(this.#directory, "main.tf.json"), text);
  }

  async plan(configuration: object | string): Promise<TerraformResult> {
    this.write(configuration);
    return this.#talk("plan", "-detailed-exitcode", "-lock=false");
  }

  async apply(configuration: object | string): Promise<TerraformResult> {
    this.write(configuration);
    return this.#talk("apply", "-auto-approve");
  }

  async destroy(): Promise<TerraformResult> {
    return this.#talk("destroy", "-auto-approve");
  }

  /** A command that talks neither JSON messages nor plans. */
  async run(...args: readonly string[]): Promise<{ exitCode: number; output: string }> {
    const { exitCode = 1, all } = await this.#terraform(args);
    return { exitCode, output: all };
  }

  /** The state file's resource. */
  stored(address: string): StoredResource | undefined {
    const found = this.#state().resources.find(({ type, name }) => `${type}.${name}` === address)
      ?.instances[0];
    return found && { tainted: found.status === "tainted", attributes: found.attributes };
  }

  /** The state file's output. */
  output(name: string): unknown {
    return this.#state().outputs[name]?.value;
  }

  /** The state file's text. */
  stateText(): string {
    return readFileSync(join(this.#directory, "terraform.tfstate"), "utf8");
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #state() {
    return state.parse(JSON.parse(this.stateText()));
  }

  async #talk(command: string, ...args: readonly string[]): Promise<TerraformResult> {
    const { exitCode = 1, stdout } = await this.#terraform([command, "-json", ...args]);
    return resultOf(exitCode, stdout);
  }

  async #terraform(args: readonly string[]) {
    return execa("terraform", args, {
      cwd: this.#directory,
      reject: false,
      all: true,
      stdin: "ignore",
      extendEnv: false,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: this.#directory,
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
        TF_INPUT: "0",
        NO_COLOR: "1",
        TF_REATTACH_PROVIDERS: this.#reattach,
      },
    });
  }
}
