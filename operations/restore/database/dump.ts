import { existsSync } from "node:fs";
import { join } from "node:path";

import { bucketName } from "../../../constructs/storage/tiers.ts";
import { type Manifest, readManifest } from "../../backups/manifest.ts";
import { dumpsOf } from "../../backups/stored.ts";
import { writeAtomically } from "../../context/atomic-write.ts";
import type { Session } from "../../context/session.ts";
import { RestoreRefused } from "../refused.ts";
import { asRestorer, restorerStorage } from "../storage.ts";
import { fetchArchive } from "./archive.ts";
import { another, chooseDump } from "./choice.ts";
import { type PostgresProgram, postgresProgram, runProgram } from "./clients.ts";
import { ownContents } from "./contents.ts";
import { interruptible } from "./interruptible.ts";
import { schemaInArchive } from "./schema.ts";
import { applySettings } from "./settings.ts";
import type { RestoreTarget } from "./target.ts";

/** An archive on this machine. */
export interface Fetched {
  readonly manifest: Manifest;
  readonly file: string;
}

/**
 * Fetches a dump and holds it against its manifest.
 *
 * @param to its name, or `latest`.
 * @throws RestoreRefused when it is missing, empty or corrupt.
 */
export async function fetchDump(session: Session, to: string): Promise<Fetched> {
  const { environment, interruption: signal } = session;
  const storage = restorerStorage(session);
  const bucket = bucketName(environment.config, "backups");
  const { archive, manifest, others } = await findDump(session, to);
  const file = join(session.run().stack("restore"), "database.dump");
  // One that failed ends the command, so what lies there is whole.
  if (!existsSync(file))
    await asRestorer(session, "read dumps", () =>
      fetchArchive({ storage, bucket, archive, manifest, others, file, signal }),
    );
  return { manifest, file };
}

/** A dump's archive in storage, and its manifest. @throws RestoreRefused when it is missing, or its manifest is none. */
export async function findDump(session: Session, to: string) {
  const storage = restorerStorage(session);
  const bucket = bucketName(session.environment.config, "backups");
  const dumps = await asRestorer(session, "read dumps", () => dumpsOf(session, storage));
  const { archive, manifest: written, id, others } = chooseDump(dumps, to, bucket);
  const read = await asRestorer(session, "read dumps", () =>
    readManifest(storage, bucket, written),
  );
  const problem = "problem" in read ? read.problem : problemOf(read.manifest, id);
  if ("manifest" in read && problem === undefined)
    return { archive, manifest: read.manifest, others };
  throw new RestoreRefused(`the dump ${id} cannot be used: ${problem}${another(others)}`);
}

/** A manifest that was copied from another dump says nothing about the archive beside it. */
const problemOf = ({ id }: Manifest, name: string): string | undefined =>
  id === name ? undefined : `its manifest is that of ${id}`;

/**
 * Restores a dump into an empty database.
 *
 * @returns entries of the archive that the platform owns and that were left out.
 * @throws RestoreRefused when the server is older than the dump, or it does not restore.
 */
export async function restoreInto(
  { variables, interruption: signal }: Pick<Session, "variables" | "interruption">,
  target: RestoreTarget,
  { manifest, file }: Fetched,
): Promise<readonly string[]> {
  if (Number(target.major) < Number(majorOf(manifest))) refuseOtherMajor(target, manifest);
  const program = await postgresProgram("pg_restore", target.major, variables);
  await target.makeRoles(manifest.roles ?? []);
  const left = await restore(program, { target, file, signal });
  await applySettings(target, manifest.settings);
  // An archive holds no statistics.
  const asOwner = { connect: () => target.connect(target.owner), signal };
  await interruptible(asOwner, (owner) => owner.query("analyze"));
  return left;
}

/** Major version of the server that a dump is of. */
export const majorOf = ({ server }: Pick<Manifest, "server">): string => server.split(".")[0] ?? "";

/** @throws RestoreRefused when a dump is of another major version than the server to restore it on. */
export function refuseOtherMajor(
  { major }: Pick<RestoreTarget, "major">,
  manifest: Pick<Manifest, "server">,
): void {
  const own = majorOf(manifest);
  if (major !== own)
    throw new RestoreRefused(
      `the dump is of PostgreSQL ${manifest.server}, and the server to restore it on is ${major}: take one of ${own}`,
    );
}

interface Restoring {
  readonly target: RestoreTarget;
  readonly file: string;
  readonly signal: AbortSignal;
}

/** The schema that an archive has, without what the platform owns. @param major of the server that it was restored on. */
export async function archiveSchema(
  { variables, interruption: signal }: Session,
  { file }: Fetched,
  major: string,
): Promise<readonly string[]> {
  const program = await postgresProgram("pg_restore", major, variables);
  const { list } = await writeOwnList(program, file, signal);
  return schemaInArchive(program, { file, list }, signal);
}

/** Writes the list of an archive's entries without those that the platform owns. */
async function writeOwnList(program: PostgresProgram, file: string, signal: AbortSignal) {
  const listed = await runProgram(program, { arguments: ["--list", file], signal });
  const { list: own, left } = ownContents(listed);
  const list = `${file}.list`;
  writeAtomically(list, `${own}\n`, 0o600);
  return { list, left };
}

async function restore(program: PostgresProgram, { target, file, signal }: Restoring) {
  const { list, left } = await writeOwnList(program, file, signal);
  const strict = ["--exit-on-error", "--no-owner", `--use-list=${list}`];
  await runProgram(program, {
    arguments: [...strict, `--dbname=${target.name}`, file],
    environment: target.environment,
    signal,
  });
  return left;
}
