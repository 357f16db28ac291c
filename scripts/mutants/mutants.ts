import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const mutantSchema = z.strictObject({
  /** What goes wrong, in a word. */
  name: z.string().regex(/^[a-z][a-z0-9-]+$/),
  area: z.enum([
    "constructs",
    "stacks",
    "gate",
    "deploy",
    "rollback",
    "secrets",
    "verify",
    "dashboards",
    "services",
    "cloud",
  ]),
  file: z.string(),
  /** Stands in the file once. */
  find: z.string().min(1),
  replace: z.string(),
  /** The test file that has to fail. */
  test: z.string(),
  /** In the name of the test that fails: the sentence that names the cause. */
  says: z.string().min(1),
  /** Whether its test takes longer than some ten seconds. */
  slow: z.boolean().default(false),
});

/** A small defect, such as somebody might make, and the test that has to name it. */
export type Mutant = z.output<typeof mutantSchema>;

const file = fileURLToPath(new URL("mutants.jsonl", import.meta.url));

/** Every mutant, one a line. @throws for a line that is none. */
export const mutants: readonly Mutant[] = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => mutantSchema.parse(JSON.parse(line)));
