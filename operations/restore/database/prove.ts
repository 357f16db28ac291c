import { join } from "node:path";

import { applicationUser } from "../../../constructs/database/application-user.ts";
import { bucketName } from "../../../constructs/storage/tiers.ts";
import { slots } from "../../../environments/schema/rotation.ts";
import { type Manifest, readManifest } from "../../backups/manifest.ts";
import { dumpsOf } from "../../backups/stored.ts";
import { writeAtomically } from "../../context/atomic-write.ts";
import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { RestoreRefused } from "../refused.ts";
import { proveLogin } from "./application.ts";
import { fetchArchive } from "./archive.ts";
import { chooseDump } from "./choice.ts";
import { type RestoreProgram, restoreProgram, runRestore } from "./clients.ts";
import { type Proof, compare } from "./comparison.ts";
import { ownContents } from "./contents.ts";
import { readFacts } from "./facts.ts";
import { type Scratch, makeScratch } from "./scratch.ts";

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

/** An archive on this machine. */
interface Fetched {
  readonly manifest: Manifest;
  readonly file: string;
}

/**
 * Restores a dump into a database of its own on a server that nobody uses, compares it with its manifest, and removes it.
 *
 * @param to name of the dump, or `latest`.
 * @throws RestoreRefused when the dump is missing, empty, corrupt, or does not restore; NotConfigured without a server.
 */
export async function proveDump(session: Session, to: string, progress: Progress): Promise<Proved> {
  const started = performance.now();
  const fetched = await progress.step("fetching the dump", () => fetchDump(session, to));
  const { config } = session.environment;
  const users = slots.map((slot) => applicationUser(config, slot));
  const scratch = await makeScratch(session.variables, { owner: administrator, users });
  try {
    const left = await progress.step("restoring it beside what runs", () =>
      restoreInto(session, scratch, fetched),
    );
    const proofs = await progress.step("comparing it with its manifest", () =>
      proofsOf(scratch, fetched.manifest),
    );
    const seconds = (performance.now() - started) / 1000;
    return { manifest: fetched.manifest, proofs, left, seconds };
  } finally {
    await scratch.remove();
  }
}

async function fetchDump(session: Session, to: string): Promise<Fetched> {
  const { clients, environment, interruption: signal } = session;
  const storage = clients.wasabiStorage();
  const bucket = bucketName(environment.config, "backups");
  const { archive, manifest: written, id } = chooseDump(await dumpsOf(session), to, bucket);
  const read = await readManifest(storage, bucket, written);
  if ("problem" in read) throw new RestoreRefused(`the dump ${id} cannot be used: ${read.problem}`);
  const { manifest } = read;
  const file = join(session.run().stack("restore"), "database.dump");
  await fetchArchive({ storage, bucket, archive, manifest, file, signal });
  return { manifest, file };
}

async function restoreInto(
  { variables, interruption: signal }: Session,
  scratch: Scratch,
  { manifest, file }: Fetched,
): Promise<readonly string[]> {
  const [major = ""] = manifest.server.split(".");
  if (scratch.major !== major)
    throw new RestoreRefused(
      `the dump is of PostgreSQL ${manifest.server}, and the server to prove it on is ${scratch.major}: start one of ${major}`,
    );
  const program = await restoreProgram(major, variables);
  const left = await restore(program, { scratch, file, signal });
  for (const setting of manifest.settings) await apply(scratch, setting);
  const owner = await scratch.connect(scratch.owner);
  try {
    // An archive holds no statistics.
    await owner.query("analyze");
  } finally {
    await owner.end();
  }
  return left;
}

interface Restoring {
  readonly scratch: Scratch;
  readonly file: string;
  readonly signal: AbortSignal;
}

async function restore(program: RestoreProgram, { scratch, file, signal }: Restoring) {
  const listed = await runRestore(program, { arguments: ["--list", file], signal });
  const { list, left } = ownContents(listed);
  const listFile = `${file}.list`;
  writeAtomically(listFile, `${list}\n`, 0o600);
  const strict = ["--exit-on-error", "--no-owner", `--use-list=${listFile}`];
  await runRestore(program, {
    arguments: [...strict, `--dbname=${scratch.name}`, file],
    environment: scratch.environment,
    signal,
  });
  return left;
}

/** Applies a setting of one of our roles, `mam_app: statement_timeout=10s`; others are the platform's. */
async function apply(scratch: Scratch, line: string): Promise<void> {
  const [, role = "", setting = ""] = /^(\S+): (.+=.*)$/.exec(line) ?? [];
  if (scratch.users.some(({ user }) => user === role)) await scratch.set(role, setting);
}

async function proofsOf(scratch: Scratch, manifest: Manifest): Promise<readonly Proof[]> {
  const owner = await scratch.connect(scratch.owner);
  try {
    const compared = compare(manifest, await readFacts(owner, manifest));
    const logins: Proof[] = [];
    for (const user of scratch.users) logins.push(await proveLogin(scratch, user));
    return [...compared, ...logins];
  } finally {
    await owner.end();
  }
}
