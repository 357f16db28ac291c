import { applicationUser } from "../../../constructs/database/application-user.ts";
import { slots } from "../../../environments/schema/rotation.ts";
import { distrust, trust } from "../../access/trusted-sources.ts";
import type { Session } from "../../context/session.ts";
import { readAccesses } from "../../ledger/accesses.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { type Restore, readRestores } from "../../ledger/restores.ts";
import { messageOf } from "@mam-infra/clients/message";
import { postgresProgram } from "../database/clients.ts";
import type { Proof } from "../database/comparison.ts";
import { proveLogins } from "../database/prove.ts";
import { schemaOf } from "../database/schema.ts";
import type { RestoreTarget } from "../database/target.ts";
import { type Compared, compareWithRunning, horizonOf } from "./comparison.ts";
import type { Cluster } from "./make.ts";
import { observeDatabase } from "./observed.ts";
import { databaseOf } from "./restored.ts";

/**
 * Holds a cluster against the one that runs, and logs in as the application does. What runs is read, in one snapshot.
 *
 * @param running the cluster that runs.
 */
export async function proveCluster(
  session: Session,
  restore: Restore,
  cluster: Cluster,
  running: Cluster,
): Promise<readonly Proof[]> {
  const database = await databaseOf(session, cluster);
  const copy = await comparedOf(session, database);
  const users = await proveUsers(session, database);
  try {
    await trust(session.clients.digitalOcean(), running.id, restore.address);
    const other = await databaseOf(session, running);
    const compared = await comparedOf(session, other, horizonOf(copy));
    return [...compareWithRunning(copy, compared), ...users];
  } catch (error) {
    session.interruption.throwIfAborted();
    const problem = `${running.name}, which runs, cannot be read: ${messageOf(error)}`;
    return [{ what: "compared with what runs", problems: [problem] }, ...users];
  }
}

async function comparedOf(session: Session, database: RestoreTarget, until?: Date) {
  const { variables, interruption } = session;
  const pgDump = await postgresProgram("pg_dump", database.major, variables);
  const observed = await observeDatabase(database, interruption, until);
  const compared: Compared = {
    ...observed,
    schema: await schemaOf(pgDump, database, interruption),
  };
  return compared;
}

/** Logs in as every user that the environment has. */
async function proveUsers(
  { environment: { config } }: Session,
  database: RestoreTarget,
): Promise<readonly Proof[]> {
  const missing = slots
    .map((slot) => applicationUser(config, slot))
    .filter((name) => !database.users.some(({ user }) => user === name));
  const proofs = missing.map((name) => ({
    what: `${name} may log in`,
    problems: [`${name} is no user of the cluster`],
  }));
  return [...proofs, ...(await proveLogins(database))];
}

/**
 * Takes this machine out of what the cluster that runs trusts, unless a session of `mam psql`, or another restore, needs it. The
 * last of several takes it out, so it is asked for once more when one has ended.
 */
export async function leaveRunning(
  session: Session,
  { id, source, address }: Restore,
): Promise<void> {
  const ledger = ledgerOf(session);
  const isLookedInto = (await readAccesses(ledger)).some(
    (access) => access.result === "open" && access.address === address,
  );
  const isCompared = (await readRestores(ledger)).some(
    (other) =>
      other.id !== id &&
      other.result === "running" &&
      other.source.id === source.id &&
      other.address === address,
  );
  if (!isLookedInto && !isCompared)
    await distrust(session.clients.digitalOcean(), source.id, [address]);
}
