import type { Environment } from "../../environments/loading/load.ts";
import type { Violation } from "../context/check.ts";

/** What is looked at. */
export interface Files {
  readonly environment: Environment;
  /** Secrets that a person supplies, by their name in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** Directory of the files. */
  readonly releases: string;
  /** Whether older images are deployed on purpose, as by `mam rollback`. */
  readonly goingBack: boolean;
}

/** A file that is older, and the line that gets the newest one. */
export function older(
  { environment, releases }: Files,
  kind: "rotation" | "sealed" | "retired" | "release",
  found: string,
): Violation {
  const file = `${releases}/${environment.config.name}.${kind}.json`;
  const newest = `$(git log --all -1 --format=%H -- ${file})`;
  const remade = `; where nobody has it, with the secrets supplied: mam secrets seal ${environment.config.name}`;
  return {
    resource: file,
    expected: "not older than what runs",
    found,
    fix: `take the newest: git fetch --all && git checkout ${newest} -- ${file}${kind === "sealed" ? remade : ""}`,
  };
}
