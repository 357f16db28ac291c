import type { Session } from "./session.ts";
import { writeAtomically } from "./atomic-write.ts";

/** Whose file it is. */
type Owner = Pick<Session, "redactor">;

/**
 * Writes plain data into a file that git keeps, as a whole or not at all. No secret gets into it, whoever typed it where:
 * a person's reason stands in the rotation file.
 */
export function writeJson({ redactor }: Owner, path: string, data: unknown): void {
  writeAtomically(path, `${JSON.stringify(redactor.redactData(data), null, 2)}\n`);
}
