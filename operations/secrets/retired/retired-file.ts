import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { type Retired, retiredSchema } from "../../../environments/schema/retired.ts";
import type { Session } from "../../context/session.ts";
import { writeAtomically } from "../../context/atomic-write.ts";
import { retiredFingerprint } from "./fingerprint.ts";

/** A value that is replaced. */
export interface Replaced {
  /** Its variable in the contract. */
  readonly name: string;
  /** SHA-256 of the value, as the sealed file has it. */
  readonly digest: string;
}

const saltBytes = 16;

/** Where an environment remembers its retired secrets: beside its release file, in git. */
export function retiredPath({ releases, environment }: Session): string {
  return join(releases, `${environment.config.name}.retired.json`);
}

/**
 * Remembers values as retired, each once. It is written before they are replaced: what a killed process has replaced and
 * not remembered could come back.
 *
 * @param day UTC day, `2026-11-23`.
 * @returns the session with what the file says now.
 */
export async function withRetired(
  session: Session,
  replaced: readonly Replaced[],
  day: string,
): Promise<Session> {
  if (replaced.length === 0) return session;
  const { salt, secrets } = session.environment.retired ?? nothingRetired();
  const added: Retired["secrets"][number][] = [];
  for (const { name, digest } of replaced) {
    const fingerprint = await retiredFingerprint(digest, salt);
    const known = [...secrets, ...added].some((one) => one.fingerprint === fingerprint);
    if (!known) added.push({ name, fingerprint, retired: day });
  }
  const retired = retiredSchema.parse({ salt, secrets: [...secrets, ...added] });
  writeAtomically(retiredPath(session), `${JSON.stringify(retired, null, 2)}\n`);
  return { ...session, environment: { ...session.environment, retired } };
}

function nothingRetired(): Retired {
  return { salt: randomBytes(saltBytes).toString("hex"), secrets: [] };
}
