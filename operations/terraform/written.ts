import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeWhole } from "../command/whole-file.ts";
import { compiledFrom } from "./compiled.ts";

/** What is written, and what it is made from. */
export interface Writing {
  readonly outdir: string;
  /** Name of the environment. */
  readonly name: string;
  /** Files that are written. */
  readonly files: readonly string[];
  /** Everything but the program that the files are made from, as plain data. */
  readonly inputs: readonly unknown[];
  /** What the program was compiled from; that of this process without it. */
  readonly program?: string | undefined;
}

/**
 * Writes files, unless they stand there from the same program and the same inputs. Files that somebody changed since,
 * and a program that does not know what it was compiled from, are always written.
 */
export async function unlessWritten(writing: Writing, write: () => Promise<void>): Promise<void> {
  const { outdir, name, program = compiledFrom } = writing;
  if (program === undefined) return write();
  const marker = join(outdir, `.${name}.written`);
  if (existsSync(marker) && readFileSync(marker, "utf8") === purpose(writing, program)) return;
  await write();
  // Afterwards, because the files are part of it.
  writeWhole(marker, purpose(writing, program));
}

function purpose({ files, inputs }: Writing, program: string): string {
  const hash = createHash("sha256").update(JSON.stringify([program, inputs]));
  for (const file of files) hash.update(existsSync(file) ? readFileSync(file) : "missing");
  return hash.digest("hex");
}
