import { once } from "node:events";

import { type Cloud, startCloud } from "../cloud.ts";
import { type ProgramOptions, UsageError, help, readOptions } from "./options.ts";
import { InvalidSeed, readSeed } from "./seed-file.ts";
import { instructions, instructionsAsJson } from "./text.ts";

/**
 * Runs the program until a signal ends it.
 *
 * @returns the exit code: 0 after a signal, 1 when the cloud failed, 2 for wrong arguments or a wrong seed.
 */
export async function main(argv: readonly string[]): Promise<number> {
  // Listened for from the beginning: a signal that comes while the cloud starts ends it just as well.
  const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  try {
    const options = readOptions(argv);
    if (options.help) process.stdout.write(help);
    else await run(options, ended);
    return 0;
  } catch (error) {
    const explained = explain(error);
    if (explained === undefined) throw error;
    process.stderr.write(`${explained}\n`);
    return 2;
  }
}

async function run({ seed: file, json, ports }: ProgramOptions, ended: Promise<unknown>) {
  const seed = readSeed(file);
  const cloud: Cloud = await startCloud(seed, ports);
  process.stdout.write(json ? instructionsAsJson(cloud, seed) : instructions(cloud, seed));
  await ended;
  await cloud.close();
  for (const finding of cloud.findings()) process.stderr.write(`not played: ${finding}\n`);
}

/** What a person can mend; undefined for anything else. */
function explain(error: unknown): string | undefined {
  if (error instanceof InvalidSeed) return error.message;
  if (error instanceof UsageError) return `${error.message}\n  fix       mam-cloud --help`;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `${error.message}\n  fix       name another port, or leave the option out to get a free one`;
  }
  return undefined;
}
