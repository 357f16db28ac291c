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

/** Files that a command writes beside the release file, and that may be older than what runs. */
type Kind = "rotation" | "sealed" | "retired" | "release" | "database";

/** Path of one of an environment's files. */
export const fileOf = ({ environment, releases }: Files, kind: Kind): string =>
  `${releases}/${environment.config.name}.${kind}.json`;

/** The line that gets the newest version of a file from git. */
export const newestOf = (file: string): string =>
  `git fetch --all && git checkout $(git log --all -1 --format=%H -- ${file}) -- ${file}`;

/** The line that deploys what the files say although they are older. */
export const deployAnyway = ({ environment }: Files): string =>
  `mam deploy ${environment.config.name} --override older-files="<reason>"`;

/**
 * A file that is older, and the line that gets the newest one. Of one that a command wrote and nobody committed there is
 * none in git, and what the older one says may be deployed with a reason.
 */
export function older(files: Files, kind: Exclude<Kind, "database">, found: string): Violation {
  const file = fileOf(files, kind);
  const { name } = files.environment.config;
  const remade =
    kind === "sealed" ? `, with the secrets supplied: mam secrets seal ${name}; or` : "";
  const lost =
    kind === "release"
      ? ""
      : `; where nobody has it${remade}, to go back on purpose: ${deployAnyway(files)}`;
  return {
    resource: file,
    expected: "not older than what runs",
    found,
    fix: `take the newest: ${newestOf(file)}${lost}`,
  };
}
