import { applicationUser } from "../../../constructs/database/application-user.ts";
import { slots } from "../../../environments/schema/rotation.ts";
import type { Manifest } from "../../backups/manifest.ts";
import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { proveLogin } from "./application.ts";
import { postgresProgram } from "./clients.ts";
import { type Proof, compare } from "./comparison.ts";
import {
  type Fetched,
  archiveSchema,
  fetchDump,
  findDump,
  majorOf,
  refuseOtherMajor,
  restoreInto,
} from "./dump.ts";
import { readFacts } from "./facts.ts";
import { interruptible } from "./interruptible.ts";
import { schemaOf, schemaProblems } from "./schema.ts";
import { makeScratch } from "./scratch.ts";
import { serverOf } from "./scratch-server.ts";
import { settingsProof } from "./settings.ts";
import type { RestoreTarget } from "./target.ts";

/** Name of DigitalOcean's administrator, who owns everything in the database. */
const administrator = "doadmin";

/** What a proof came to. */
export interface Proved {
  readonly manifest: Manifest;
  readonly proofs: readonly Proof[];
  /** Entries of the archive that the platform owns and that were left out. */
  readonly left: readonly string[];
  /** Seconds from the first byte that was fetched to the last comparison. */
  readonly seconds: number;
}

/**
 * Restores a dump into a database of its own on a server that nobody uses, compares it with its manifest, and removes it.
 *
 * @param to name of the dump, or `latest`.
 * @throws RestoreRefused when the dump is missing, empty, corrupt, or does not restore; NotConfigured without a server.
 */
export async function proveDump(session: Session, to: string, progress: Progress): Promise<Proved> {
  const started = performance.now();
  // Before anything is fetched, which may take hours.
  const server = serverOf(session.variables);
  const { manifest } = await findDump(session, to);
  await programsOf(session, manifest);
  const { config } = session.environment;
  const users = slots.map((slot) => applicationUser(config, slot));
  const scratch = await makeScratch(server, { owner: administrator, users });
  try {
    refuseOtherMajor(scratch, manifest);
    const fetched = await progress.step("fetching the dump", () => fetchDump(session, manifest.id));
    const left = await progress.step("restoring it beside what runs", () =>
      restoreInto(session, scratch, fetched),
    );
    const proofs = await progress.step("comparing it with its manifest", () =>
      proofsOf(session, scratch, fetched),
    );
    const seconds = (performance.now() - started) / 1000;
    return { manifest, proofs, left, seconds };
  } finally {
    await scratch.remove();
  }
}

/** Asks for the programs of a dump's major. @throws NotConfigured when one is not there. */
async function programsOf({ variables }: Session, manifest: Manifest): Promise<void> {
  for (const name of ["pg_restore", "pg_dump"] as const)
    await postgresProgram(name, majorOf(manifest), variables);
}

/** Compares a restored dump with its manifest and with its archive's schema, and logs in as the application does. */
export async function proofsOf(
  session: Session,
  target: RestoreTarget,
  fetched: Fetched,
): Promise<readonly Proof[]> {
  const { manifest } = fetched;
  const same = await schemaProof(session, target, fetched);
  const asOwner = { connect: () => target.connect(target.owner), signal: session.interruption };
  const compared = await interruptible(asOwner, async (owner) => [
    ...compare(manifest, await readFacts(owner, manifest)),
    same,
    ...(await settingsProof(owner, manifest.settings, target)),
  ]);
  return [...compared, ...(await proveLogins(target))];
}

/** Each major writes a schema otherwise, so that it is compared on a server of the dump's own. */
async function schemaProof(
  session: Session,
  target: RestoreTarget,
  fetched: Fetched,
): Promise<Proof> {
  const { major } = target;
  const { server } = fetched.manifest;
  if (major !== majorOf(fetched.manifest)) {
    const what = `schema of PostgreSQL ${server}; this is ${major}, so it is not compared`;
    return { what, judged: false, problems: [] };
  }
  const schema = await archiveSchema(session, fetched, major);
  const pgDump = await postgresProgram("pg_dump", major, session.variables);
  const found = await schemaOf(pgDump, target, session.interruption);
  return { what: "schema of the archive", problems: schemaProblems(found, schema) };
}

/** Logs in as each of the application's users. */
export async function proveLogins(
  target: Pick<RestoreTarget, "users" | "connect">,
): Promise<readonly Proof[]> {
  const logins: Proof[] = [];
  for (const user of target.users) logins.push(await proveLogin(target, user));
  return logins;
}
