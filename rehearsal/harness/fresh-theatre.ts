import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../../environments/loading/load.ts";
import { type Theatre, openTheatre } from "./rehearsal.ts";

/**
 * Plays something on empty platforms of its own, in a directory of its own, beside the rehearsal that goes on: for what
 * has to begin from nothing again and again.
 *
 * @throws Error with what callers did that the platforms do not have, or mistakes of the embedded providers.
 */
export async function onFreshPlatforms<T>(
  environment: Environment,
  interruption: AbortSignal,
  play: (theatre: Theatre) => Promise<T>,
): Promise<T> {
  const project = mkdtempSync(join(tmpdir(), "mam-rehearsal-"));
  const release = join("environments", `${environment.config.name}.release.json`);
  mkdirSync(join(project, "environments"));
  cpSync(release, join(project, release));
  try {
    const theatre = await openTheatre({
      project,
      environment,
      providers: "embedded",
      faults: [],
      interruption,
    });
    try {
      const result = await play(theatre);
      const findings = [...theatre.cloud.findings(), ...theatre.providers.findings()];
      if (findings.length > 0) throw new Error(findings.join("\n"));
      return result;
    } finally {
      await theatre.close(false);
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}
