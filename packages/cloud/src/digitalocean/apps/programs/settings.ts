import type { LocalNames } from "../../../door/local-names.ts";

/** How programs are run. */
export interface ProgramSettings {
  /**
   * How many times faster than on the platform the pauses in a program's life pass: default
   * 10; programs/scale.ts says which do. What a program works is never scaled.
   */
  readonly scale?: number;
  /** PATH of programs; default: the folder of this Node.js and this process's own PATH. */
  readonly path?: string;
  /** Seconds in which a program that does not listen yet fails no check; default 20. */
  readonly startSeconds?: number;
  /** Seconds from a request's arrival to the beginning of its answer; default 100. */
  readonly requestSeconds?: number;
  /**
   * Where the private hosts of databases that really run are reached: `host:port` and the address that stands for it. It is
   * asked whenever programs start, and a few times a second.
   */
  readonly privateAddresses?: () => Readonly<Record<string, string>>;
  /** Certificate in PEM of an authority that programs trust as they trust the public ones; default: none. */
  readonly trustedAuthority?: string;
}

/** What programs are run with. */
export interface ProgramContext {
  readonly settings: ProgramSettings;
  readonly names: LocalNames;
}
