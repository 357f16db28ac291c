import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeAtomically } from "../context/atomic-write.ts";
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
 * What files say, which are written unless they stand there from the same program and the same inputs. Files that
 * somebody changed since, and a program that does not know what it was compiled from, are always written.
 *
 * It is what was read or written here, whoever changes the files afterwards.
 *
 * @param write writes the files, and returns what they say, in their order.
 */
export async function unlessWritten(
  writing: Writing,
  write: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { outdir, name, files, program = compiledFrom } = writing;
  if (program === undefined) return write();
  const marker = join(outdir, `.${name}.written`);
  const standing = files.filter(existsSync).map((file) => readFileSync(file, "utf8"));
  const isWritten = standing.length === files.length && existsSync(marker);
  if (isWritten && readFileSync(marker, "utf8") === purpose(writing, program, standing)) {
    return standing;
  }
  const texts = await write();
  // Afterwards, because the files are part of it.
  writeAtomically(marker, purpose(writing, program, texts));
  return texts;
}

function purpose({ inputs }: Writing, program: string, texts: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([program, inputs, texts]))
    .digest("hex");
}
