import { join } from "node:path";

import { type Checked, checkCompared, checkEnvironment } from "./check.ts";
import { type FileFinding, describeValue } from "../rules/findings.ts";
import { readJsonFile } from "./json-file.ts";
import { type Imports, importsSchema } from "../schema/imports.ts";
import type { Kept } from "../schema/kept.ts";
import { nearest } from "./nearest.ts";
import { type MovedDatabase, movedDatabaseSchema } from "../schema/moved-database.ts";
import { type Release, releaseSchema } from "../schema/release.ts";
import { type Retired, retiredSchema } from "../schema/retired.ts";
import { type Rotation, nothingRotated, rotationSchema } from "../schema/rotation.ts";
import { findingsAcross } from "../rules/across.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";
import { type Sealed, sealedSchema } from "../schema/sealed.ts";

/**
 * A checked environment with the images it runs, the secrets that are sealed and the slots that are active: all that the
 * stacks are made from.
 */
export interface Environment {
  readonly config: EnvironmentConfig;
  readonly release: Release;
  /** Which slot of each secret is active: slot A of all of them until something was rotated. */
  readonly rotation: Rotation;
  /** What stood before the environment and is taken over; absent where nothing is. */
  readonly imports?: Imports;
  /** Absent until the secrets of a first deployment have been sealed. */
  readonly sealed?: Sealed;
  /** Values of secrets that must never come back; absent until something was rotated. */
  readonly retired?: Retired;
  /** What storage keeps for the app that still runs, in the middle of a deployment. No file says it. */
  readonly kept?: Kept;
}

/** What to load and from where. */
export interface LoadOptions {
  /** What the environment files say, by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The one environment wanted; all of them without it. */
  readonly only?: string | undefined;
  /** Directory of the release, sealed, rotation, retired, imports and database files, relative to the working directory. */
  readonly directory: string;
}

/** Thrown when an environment cannot be used: nothing has been written, and every finding is inside. */
export class InvalidEnvironments extends Error {
  readonly findings: readonly FileFinding[];

  constructor(findings: readonly FileFinding[]) {
    super(`${findings.length} findings in the environments`);
    this.name = "InvalidEnvironments";
    this.findings = findings;
  }
}

/**
 * Loads environments with their release, sealed, rotation, retired, imports and database files.
 *
 * Of environments that are not wanted only that is read in which a wanted one may clash with them.
 *
 * @throws InvalidEnvironments with all findings of all wanted environments at once. An unknown name is one of them: it
 * never falls through to another environment.
 */
export function loadEnvironments({ inputs, only, directory }: LoadOptions): Environment[] {
  const known = Object.keys(inputs);
  if (only !== undefined && !known.includes(only))
    throw new InvalidEnvironments([unknown(only, known)]);
  const names = only === undefined ? known : [only];
  const configs = new Map(
    names.map((name) => [name, checkEnvironment(name, environmentFile(name), inputs[name])]),
  );
  const loaded = [...configs].map(([name, config]) => loadEnvironment(name, config, directory));
  const environments = known.flatMap(
    (name) => (configs.get(name) ?? checkCompared(name, inputs[name])).value ?? [],
  );
  const findings = [
    ...loaded.flatMap((environment) => environment.findings),
    ...findingsAcross({ environments, fileOf: environmentFile, only }),
  ];
  if (findings.length > 0) throw new InvalidEnvironments(findings);
  return loaded.flatMap(({ value }) => value ?? []);
}

const environmentFile = (name: string) => `environments/${name}.ts`;

const releaseFile = {
  schema: releaseSchema,
  expected: "the digest of each component's image",
  fix: 'restore the file from git, or write { "images": { "frontend": "sha256:…", "api": "sha256:…", "worker": "sha256:…", "edge": "sha256:…" } }',
  confidential: false,
};

const sealedFile = {
  schema: sealedSchema,
  expected: "sealed secrets as JSON",
  fix: "restore the file from git; docs/secrets.md describes it",
  confidential: true,
};

const rotationFile = {
  schema: rotationSchema,
  expected: "active slots and rotations under way, as `mam secrets rotate` writes them",
  fix: "restore the file from git; docs/secrets.md describes it",
  confidential: false,
};

const retiredFile = {
  schema: retiredSchema,
  expected: "fingerprints of retired secrets, as `mam secrets rotate` writes them",
  fix: "restore the file from git; docs/secrets.md describes it",
  confidential: true,
};

const importsFile = {
  schema: importsSchema,
  expected: "what each stack imports, as `mam adopt` writes it",
  fix: "run mam adopt again; docs/adopting.md describes it",
  confidential: false,
};

const databaseFile = {
  schema: movedDatabaseSchema,
  expected: "the cluster that the database was moved to, as `mam restore --switch` writes it",
  fix: "restore the file from git; docs/restore.md describes it",
  confidential: false,
};

function loadEnvironment(
  name: string,
  config: Checked<EnvironmentConfig>,
  directory: string,
): Checked<Environment> {
  const release = readRelease(join(directory, `${name}.release.json`));
  const imports = readJsonFile(join(directory, `${name}.imports.json`), importsFile);
  const sealed = readJsonFile(join(directory, `${name}.sealed.json`), sealedFile);
  const rotation = readJsonFile(join(directory, `${name}.rotation.json`), rotationFile);
  const retired = readJsonFile(join(directory, `${name}.retired.json`), retiredFile);
  const moved = readJsonFile(join(directory, `${name}.database.json`), databaseFile);
  const files = [config, release, sealed, rotation, retired, imports, moved];
  const findings = files.flatMap((checked) => checked?.findings ?? []);
  if (!config.value || !release.value || findings.length > 0) return { findings };
  const environment = {
    config: movedTo(config.value, moved?.value),
    release: release.value,
    rotation: rotation?.value ?? nothingRotated,
  };
  const further = {
    ...present("sealed", sealed?.value),
    ...present("retired", retired?.value),
    ...present("imports", imports?.value),
  };
  return { value: { ...environment, ...further }, findings: [] };
}

function present<Key extends string, Value>(key: Key, value: Value | undefined) {
  // A computed name is any name to the compiler.
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}

function movedTo(config: EnvironmentConfig, moved: MovedDatabase | undefined): EnvironmentConfig {
  if (!moved) return config;
  const { cluster } = moved;
  return { ...config, database: { ...config.database, cluster } };
}

function readRelease(file: string): Checked<Release> {
  const { expected, fix } = releaseFile;
  const missing = [{ file, path: "", value: "missing", expected, fix }];
  return readJsonFile(file, releaseFile) ?? { findings: missing };
}

function unknown(name: string, known: readonly string[]): FileFinding {
  const meant = nearest(name, known);
  return {
    file: "environment",
    path: "name",
    value: describeValue(name),
    expected: `one of ${known.join(", ")}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
    fix: `name ${meant ?? "one of them"}, or add environments/${name}.ts to environments/index.ts`,
  };
}
