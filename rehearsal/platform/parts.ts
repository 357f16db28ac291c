import {
  type FoundEngine,
  type FoundEngines,
  databaseEngines,
  findEngines,
  keptClientsDirectory,
  lacking,
  skipReason,
} from "@mam-infra/engines";

import type { RealParts } from "../harness/rehearsal-cloud.ts";
import { programsOf } from "./programs.ts";
import { type BuildOptions, buildServices } from "./services.ts";

/** What a platform that really runs is made of. */
export interface PlatformParts extends RealParts {
  readonly databases: ReturnType<typeof databaseEngines>;
  /** Path of ffmpeg, to make films with. */
  readonly ffmpeg: string;
  /** Directory with PostgreSQL's client programs, by major. */
  readonly clients: string;
  /** The PostgreSQL server that its databases are made with. */
  readonly postgres: FoundEngine;
  /** The browser of people whom one can see, or why there is none. */
  readonly chromium: { readonly program: string } | Lacking;
}

/** What it needs besides Node.js and Terraform. PgBouncer is used where it is, and said where it is not. */
const needed = ["postgres", "pg_dump", "valkey", "ffmpeg"] as const;

/**
 * Virtual seconds in a second of the wall clock, a tenth of the cloud's own: a rollout of real programs takes some
 * seconds, and whoever waits for one by the virtual clock must not lose patience.
 */
const speed = 60;

/** Why a platform cannot run here, with the lines that mend it. */
export interface Lacking {
  readonly lacking: string;
}

/**
 * Finds or installs what a platform that really runs needs, and builds the reference services: a minute at the first
 * use, a second later.
 *
 * @throws CannotRehearse when the services cannot be built.
 */
export async function preparePlatform(
  project: string,
  options: BuildOptions,
): Promise<PlatformParts | Lacking> {
  options.tell("looking for PostgreSQL, Valkey and ffmpeg");
  const engines = await findEngines({
    only: [...needed, "pgbouncer", "chromium"],
    progress: options.tell,
  });
  const lack = lacking(engines, needed);
  const { ffmpeg: encoder, pg_dump: dumping, postgres } = engines.found;
  if (!encoder || !dumping || !postgres) return { lacking: lack ?? "an engine is missing" };
  const services = await buildServices(project, options);
  const clients = await keptClientsDirectory(dumping);
  const databases = databaseEngines(engines);
  return {
    ffmpeg: encoder.program,
    chromium: chromiumOf(engines),
    imageOf: programsOf(services, clients),
    ...{ clients, postgres },
    databases,
    speed,
  };
}

/** @throws Error when it is missing and `MAM_REQUIRE_ENGINES` is set. */
function chromiumOf(engines: FoundEngines): PlatformParts["chromium"] {
  const { program } = engines.found.chromium ?? {};
  return program === undefined
    ? { lacking: skipReason(engines, ["chromium"]) ?? "Chromium is missing" }
    : { program };
}
