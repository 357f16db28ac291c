import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { FoundEngine } from "./model.ts";

/** A program that may be the one. */
export interface Candidate {
  readonly program: string;
  readonly origin: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether a person named it: when it does not run, nothing else is taken in its place. */
  readonly insisted?: boolean;
}

/** Asks a program for its version, the first thing that looks like one in what it prints. */
export interface VersionQuestion {
  readonly argument: string;
  /** With the version as its first group. */
  readonly answer: RegExp;
}

const run = promisify(execFile);
const seconds = 1000;

/**
 * Looks whether a candidate runs on this machine.
 *
 * @throws when it does not, or says no version: the message has what it printed, such as a missing library.
 */
export async function tryCandidate(
  { program, origin, environment = {} }: Candidate,
  { argument, answer }: VersionQuestion,
): Promise<FoundEngine> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...environment };
  const { stdout, stderr } = await run(program, [argument], { env, timeout: 20 * seconds });
  const version = answer.exec(`${stdout}\n${stderr}`)?.[1];
  if (version === undefined) {
    throw new Error(`${program} ${argument} says no version: ${`${stdout}${stderr}`.trim()}`);
  }
  return { program, version, origin, environment };
}
