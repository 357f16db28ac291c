/** The programs that a platform on this machine is made of. */
export const engineNames = [
  "postgres",
  "pg_dump",
  "pgbouncer",
  "valkey",
  "ffmpeg",
  "chromium",
  "nginx",
] as const;

/** Name of an engine. */
export type EngineName = (typeof engineNames)[number];

/** A program that was found, and that runs: it has said its version. */
export interface FoundEngine {
  /** Absolute path; of PostgreSQL the server's, with initdb beside it. */
  readonly program: string;
  /** As the program says it: `18.4`, `8.1.8`, `7.0.15`. */
  readonly version: string;
  /** Where it comes from, for a person: `PATH`, `VALKEY_SERVER`, the name of a package with its version. */
  readonly origin: string;
  /** What has to be in its environment for it to run; nothing for most. */
  readonly environment: Readonly<Record<string, string>>;
}

/** An engine that this machine lacks, with the line that brings it. */
export interface MissingEngine {
  readonly engine: EngineName;
  /** What is so, for a person: `PgBouncer is not on the PATH`. */
  readonly missing: string;
  /** The command that mends it: `apt-get install pgbouncer`. */
  readonly line: string;
}

/** What a machine has and what it lacks. */
export interface FoundEngines {
  readonly found: Readonly<Partial<Record<EngineName, FoundEngine>>>;
  readonly missing: readonly MissingEngine[];
}

/** What a search depends on. */
export interface Search {
  readonly environment: Readonly<Partial<Record<string, string>>>;
  /** Told before something is downloaded, in a sentence. */
  readonly progress: (line: string) => void;
}
