import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../environments/loading/load.ts";
import type { PlayedProject } from "./changed-project.ts";
import { type Harness, openHarness } from "./rehearsal.ts";
import type { RealParts } from "./rehearsal-cloud.ts";

/**
 * Plays something on empty platforms of its own, in a directory of its own, beside the rehearsal that goes on: for what
 * has to begin from nothing again and again, and for what needs platforms with real parts.
 *
 * @param project that is deployed, with its own `mam`.
 * @param parts what is real beside Terraform; default: nothing.
 * @param beside environments that can be deployed to the same accounts; default: none.
 * @throws Error with what callers did that the platforms do not have, or mistakes of the embedded providers.
 */
export async function onFreshPlatforms<T>(
  environment: Environment,
  project: PlayedProject,
  interruption: AbortSignal,
  play: (harness: Harness) => Promise<T>,
  parts?: RealParts,
  beside: readonly Environment[] = [],
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "mam-rehearsal-"));
  try {
    const harness = await openHarness({
      project: project.directory,
      mamOf: project.directory,
      input: project.input,
      directory,
      environment,
      beside,
      providers: "embedded",
      faults: [],
      interruption,
      ...(parts ? { parts } : {}),
    });
    try {
      const result = await play(harness);
      const findings = [...harness.cloud.findings(), ...harness.providers.findings()];
      if (findings.length > 0) throw new Error(findings.join("\n"));
      return result;
    } finally {
      await harness.close(false);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
