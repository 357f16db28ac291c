import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { provedOutcome } from "./database/outcome.ts";
import { proveDump } from "./database/prove.ts";
import { restoreObject } from "./object/restore-object.ts";
import { RestoreRefused } from "./refused.ts";

/** What `mam restore` is told. */
export interface RestoreOptions {
  /** Name of a dump, or `latest`. */
  readonly to: string;
  readonly prove: boolean;
  /** Version of an object; absent for the newest below a deletion. */
  readonly objectVersion?: string;
}

/**
 * Proves a dump of the database, or brings a master back.
 *
 * @throws NotConfigured when it is not said what, or a credential or a server is missing.
 */
export async function restoreSomething(
  session: Session,
  options: RestoreOptions & { readonly operands: readonly string[] },
  progress: Progress,
): Promise<Outcome> {
  const [what, key] = options.operands;
  try {
    if (what === "database") return await restoreDatabase(session, options, progress);
    if (what === "object" && key !== undefined)
      return await progress.step("bringing the master back", () =>
        restoreObject(session, key, options.objectVersion),
      );
  } catch (error) {
    // A refusal is a result: exit code 1, and its words.
    if (!(error instanceof RestoreRefused)) throw error;
    return { ok: false, data: { refused: error.message }, text: `${error.message}\n` };
  }
  throw new NotConfigured(
    "expected database, or object and its key: mam restore <environment> object <key>",
  );
}

async function restoreDatabase(
  session: Session,
  { to, prove }: RestoreOptions,
  progress: Progress,
): Promise<Outcome> {
  if (!prove)
    throw new NotConfigured(
      "expected --prove: it restores beside what runs, compares, and removes it again. How a database is replaced: docs/restore.md",
    );
  return provedOutcome(await proveDump(session, to, progress), new Date());
}
