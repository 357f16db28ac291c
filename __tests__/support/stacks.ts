import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../environments/loading/load.ts";
import { synthesise } from "../../stacks/synthesise.ts";

/** Terraform JSON of a stack, as far as the tests look into it. */
export interface TerraformJson {
  readonly terraform: {
    readonly required_version: string;
    readonly required_providers: Readonly<Record<string, { source: string; version: string }>>;
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly cloud?: Readonly<Record<string, unknown>>;
  };
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly output?: Readonly<Record<string, { value: unknown; sensitive?: boolean }>>;
  readonly removed?: readonly TerraformBlock[];
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Arguments of a resource. */
export type TerraformBlock = Readonly<Record<string, unknown>>;

/** What is written for environments: the real files, read back, by stack name. */
export function stacksOf(
  environments: readonly Environment[],
  rehearsal?: string,
): { readonly stacks: Readonly<Record<string, TerraformJson>>; readonly text: string } {
  const outdir = mkdtempSync(join(tmpdir(), "mam-infra-"));
  try {
    const files = synthesise(environments, { outdir, rehearsal });
    const texts = files.map((file) => readFileSync(file, "utf8"));
    const stacks = texts.map((text, index) => [
      files[index]?.split("/").at(-2),
      JSON.parse(text) as TerraformJson,
    ]);
    return {
      stacks: Object.fromEntries(stacks) as Record<string, TerraformJson>,
      text: texts.join(""),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** One stack of one environment. */
export function stackOf(
  environment: Environment,
  part: "storage" | "data" | "app" | "gpu",
  rehearsal?: string,
): TerraformJson {
  const stack = stacksOf([environment], rehearsal).stacks[`${environment.config.name}-${part}`];
  if (!stack) throw new Error(`no ${part} stack`);
  return stack;
}

/** The resources of a type, with their names. */
export function resources(stack: TerraformJson, type: string): [string, TerraformBlock][] {
  return Object.entries(stack.resource[type] ?? {});
}
